"""Saved web pages of an invented district, as Chinese offices and papers build them: content and boilerplate."""

# ruff: noqa: E501 - pages as they are

from dataclasses import dataclass


@dataclass(frozen=True)
class WebPage:
    """A page, the lines of its content in order, and words that only its boilerplate holds."""

    html: str
    lines: tuple[str, ...]
    boilerplate: tuple[str, ...]


_FOOT = """<div class="footer"><p>主办：云港新区管理委员会 承办：云港新区信息中心</p>
<p>版权所有 未经许可不得转载 网站标识码：0000000001 云ICP备00000001号</p><p>联系我们 | 网站地图 | 隐私声明</p></div>"""
_NAV = """<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li>
<li><a href="/fw">办事服务</a></li><li><a href="/hd">互动交流</a></li><li><a href="/sj">数据发布</a></li></ul></div>"""
_RELATED = """<div class="related"><h3>相关阅读</h3><ul>
<li><a href="/1.html">白沙湾镇召开安全生产例会</a></li><li><a href="/2.html">新区举办首届龙舟邀请赛</a></li>
<li><a href="/3.html">图书馆本周末延长开放时间</a></li></ul></div>"""
_SHARE = '<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a><a href="#">QQ空间</a></div>'
_BOILERPLATE = ("网站标识码", "隐私声明", "政务公开", "互动交流", "龙舟邀请赛", "图书馆本周末", "QQ空间")

_MODERN = ("低空装备试飞基地在云港开工", (
    "3月18日上午，云港新区低空装备试飞基地正式开工，总投资12.6亿元，占地380亩，建设周期两年。",
    "基地由云港低空产业发展有限公司建设，包括试飞跑道、检测中心和运营指挥楼三部分。",
    "一期工程",
    "一期工程投资7亿元，计划2025年6月建成，可同时满足六家整机企业的试飞需要。",
    "新区投资促进局局长何敬介绍，目前已有四家企业签订了入驻协议。",
))  # fmt: skip

_TABLE_LINES = ("科室\t负责人\t电话", "产业招商一科\t林越\t0000-1234567", "产业招商二科\t沈禾\t0000-1234568",
                "项目服务科\t宋启\t0000-1234569")  # fmt: skip

PAGES = {
    "a bureau's news page": WebPage(
        f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{_MODERN[0]} - 云港新区投资促进局</title>
<meta name="ArticleTitle" content="{_MODERN[0]}"><meta name="PubDate" content="2024-03-19 08:30">
<meta name="ContentSource" content="云港新区投资促进局"><link rel="canonical" href="https://yungang.example/2024/0319.html">
<script>var config = {{"siteName": "云港"}};</script><style>.a{{color:red}}</style></head><body>
<!-- 头部 -->{_NAV}<div class="position">您当前所在位置：<a href="/">首页</a> &gt; <a href="/xw">新闻中心</a></div>
<div class="article"><h1>{_MODERN[0]}</h1>
<div class="info"><span>发布时间：2024-03-19 08:30</span> <span>来源：云港新区投资促进局</span>
<span>字号：[<a>大</a> <a>中</a> <a>小</a>]</span> <a>打印</a></div>
<div id="zoom" class="TRS_Editor">
<p style="text-indent:2em">{_MODERN[1][0]}</p><p style="text-indent:2em">{_MODERN[1][1]}</p>
<p><strong>{_MODERN[1][2]}</strong></p><p>  {_MODERN[1][3]}</p><p><span>新区投资促进局局长</span><span>何敬介绍，</span>目前已有四家企业签订了入驻协议。</p>
</div>{_SHARE}<div class="pages">上一篇：<a href="/a">新区召开工作例会</a> 下一篇：<a href="/b">关于放假的通知</a></div></div>
{_RELATED}{_FOOT}</body></html>""",
        (_MODERN[0], "2024-03-19 08:30", "来源：云港新区投资促进局", *_MODERN[1]),
        (*_BOILERPLATE, "您当前所在位置", "新区召开工作例会", "siteName", "color:red"),
    ),
    "an old page laid out with tables": WebPage(
        """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>云港招商网</title></head>
<body><table width="980"><tr><td><a href="/">首页</a> | <a href="/zs">招商动态</a> | <a href="/zc">投资政策</a> | <a href="/lx">联系我们</a></td></tr></table>
<table width="980"><tr><td width="200"><b>栏目导航</b><br><a href="1">园区介绍</a><br><a href="2">投资成本</a><br><a href="3">办事流程</a></td>
<td><table><tr><td align="center"><font size="5">蓝湾装备基地二期招商说明</font></td></tr>
<tr><td align="center">发布日期：2023年11月2日 浏览次数：352</td></tr>
<tr><td><font size="3">  蓝湾装备基地二期位于云港新区南岸，规划用地620亩，主要承接深海装备总装企业。<br>
  二期供地价格为每亩28万元，标准厂房租金前三年减半。<br><br>
  凡投资强度达到每亩400万元的项目，由新区投资促进局指派专人全程代办手续。</font></td></tr>
<tr><td align="right">【<a href="#">打印本页</a>】【<a href="#">关闭窗口</a>】</td></tr></table></td></tr></table>
<table width="980"><tr><td align="center">Copyright 2008-2023 云港招商网 All Rights Reserved<br>技术支持：云港信息中心</td></tr></table></body></html>""",
        (
            "蓝湾装备基地二期招商说明",
            "发布日期：2023年11月2日",
            "蓝湾装备基地二期位于云港新区南岸，规划用地620亩，主要承接深海装备总装企业。",
            "二期供地价格为每亩28万元，标准厂房租金前三年减半。",
            "凡投资强度达到每亩400万元的项目，由新区投资促进局指派专人全程代办手续。",
        ),
        ("栏目导航", "办事流程", "打印本页", "关闭窗口", "All Rights Reserved", "技术支持"),
    ),
    "a policy under its index table": WebPage(
        f"""<html><head><meta charset="utf-8"><title>云港新区低空经济扶持办法_政府文件</title></head><body>{_NAV}
<div class="main"><table class="xxgk"><tr><td>索引号</td><td>YG000-2024-0017</td><td>主题分类</td><td>产业发展</td></tr>
<tr><td>发布机构</td><td>云港新区管理委员会</td><td>成文日期</td><td>2024年5月6日</td></tr>
<tr><td>标题</td><td colspan="3">云港新区低空经济扶持办法</td></tr></table>
<div class="content"><h2>云港新区低空经济扶持办法</h2><p>云港管发〔2024〕17号</p>
<p>第一条 为支持低空经济企业在新区落户，制定本办法。</p>
<p>第二条 对整机制造企业，按照设备投资额的百分之十给予补助，最高1500万元。</p>
<p>第三条 对租用标准厂房的企业，前两年租金全免。</p><p>第四条 本办法由新区工业和信息化局负责解释。</p>
<ul><li>附件：1.补助申请表</li><li>2.申报材料清单</li></ul></div></div><div class="ewm">扫一扫在手机打开当前页</div>{_FOOT}</body></html>""",
        (
            "索引号\tYG000-2024-0017\t主题分类\t产业发展",
            "发布机构\t云港新区管理委员会\t成文日期\t2024年5月6日",
            "云港新区低空经济扶持办法",
            "云港管发〔2024〕17号",
            "第一条 为支持低空经济企业在新区落户，制定本办法。",
            "第二条 对整机制造企业，按照设备投资额的百分之十给予补助，最高1500万元。",
            "第三条 对租用标准厂房的企业，前两年租金全免。",
            "第四条 本办法由新区工业和信息化局负责解释。",
            "附件：1.补助申请表",
            "2.申报材料清单",
        ),
        ("网站标识码", "隐私声明", "政务公开", "扫一扫在手机"),
    ),
    "a paper's digital page": WebPage(
        """<html><head><meta charset="utf-8"><title>云港日报数字报</title></head><body>
<div id="top">2024年3月5日 星期二 <a>放大</a> <a>缩小</a> <a>默认</a></div>
<div class="list"><ul><li><a>第01版：要闻</a></li><li><a>第02版：产业</a></li><li><a>第03版：民生</a></li><li><a>第04版：广告</a></li></ul></div>
<div class="titles"><ul><li><a>海边小镇的早市又热闹起来</a></li><li><a>三条公交线路下周调整</a></li></ul></div>
<div class="art"><p class="yt">二期项目集中投产</p><h1>海灯科技把总部搬到云港</h1><h2>年产无人机两万架</h2>
<p>《云港日报》(2024年3月5日 第02版)</p>
<founder-content><p>本报记者 陈立</p><p>昨天，海灯科技有限公司把总部从内陆城市搬到云港新区，首批三百名员工已经到岗。</p>
<p>“这里离试飞空域近，配套企业也多。”公司负责人顾川说，新工厂投资8亿元，年产无人机两万架。</p>
<p>据新区管委会统计，低空经济产业链已聚集企业47家。</p></founder-content></div>
<div class="pn"><a>上一篇</a> <a>下一篇</a></div><div class="cp">云港日报社 版权所有 请勿镜像</div></body></html>""",
        (
            "海灯科技把总部搬到云港",
            "年产无人机两万架",
            "《云港日报》(2024年3月5日 第02版)",
            "本报记者 陈立",
            "昨天，海灯科技有限公司把总部从内陆城市搬到云港新区，首批三百名员工已经到岗。",
            "“这里离试飞空域近，配套企业也多。”公司负责人顾川说，新工厂投资8亿元，年产无人机两万架。",
            "据新区管委会统计，低空经济产业链已聚集企业47家。",
        ),
        ("第04版", "公交线路下周调整", "上一篇", "请勿镜像"),
    ),
    "a table of contacts": WebPage(
        f"""<html><head><meta charset="utf-8"><title>招商联系方式</title></head><body>{_NAV}
<div class="con"><h1>云港新区投资促进局招商联系方式</h1><p>来访前请先电话预约。</p>
<table border="1"><tbody><tr><th>科室</th><th>负责人</th><th>电话</th></tr>
<tr><td><p>产业招商一科</p></td><td><p>林越</p></td><td>0000-1234567</td></tr>
<tr><td>产业招商二科</td><td>沈禾</td><td>0000-1234568</td></tr><tr><td>项目服务科</td><td>宋启</td><td>0000-1234569</td></tr></tbody></table></div>
{_FOOT}</body></html>""",
        ("云港新区投资促进局招商联系方式", "来访前请先电话预约。", *_TABLE_LINES),
        ("网站标识码", "政务公开", "隐私声明"),
    ),
    "a list of projects": WebPage(
        f"""<html><head><meta charset="utf-8"><title>2024年春季签约项目名单</title></head><body>{_NAV}
<div class="wrap"><h1>2024年春季签约项目名单</h1><div class="txt"><ol>
<li>海灯无人机整机项目，投资8亿元</li><li>澜舟深海机器人项目，投资5.2亿元</li><li>绿源制氢站项目，投资3亿元</li>
<li>北岸物流中心项目，投资2.4亿元</li></ol></div></div>{_RELATED}{_FOOT}</body></html>""",
        (
            "2024年春季签约项目名单",
            "海灯无人机整机项目，投资8亿元",
            "澜舟深海机器人项目，投资5.2亿元",
            "绿源制氢站项目，投资3亿元",
            "北岸物流中心项目，投资2.4亿元",
        ),
        ("网站标识码", "政务公开", "龙舟邀请赛"),
    ),
    "a short notice among many links": WebPage(
        f"""<html><head><meta charset="utf-8"><title>搬迁通知</title></head><body>{_NAV}{_NAV}
<div class="l">{_RELATED}</div><div class="r"><div class="bt">新区投资促进局搬迁通知</div><div class="zw">自2024年4月1日起，新区投资促进局迁至北岸大道66号办公。</div>
<div class="lk">云港新区投资促进局 2024年3月25日</div></div>{_RELATED}{_SHARE}{_FOOT}</body></html>""",
        ("新区投资促进局搬迁通知", "自2024年4月1日起，新区投资促进局迁至北岸大道66号办公。", "2024年3月25日"),
        _BOILERPLATE,
    ),
    "a public account's article": WebPage(
        """<html><head><meta charset="utf-8"><meta property="og:title" content="一图读懂云港氢能十条">
<meta property="og:url" content="https://mp.example/s/abc"><meta property="og:article:author" content="云港发布"><title></title></head><body>
<div class="rich_media"><h1 class="rich_media_title" id="activity-name">一图读懂云港氢能十条</h1>
<div id="meta_content"><span>原创</span><span>云港发布</span><em id="publish_time">2024年4月2日 17:20</em></div>
<div class="rich_media_content" id="js_content"><section><section><span>云港新区</span><span>近日发布支持氢能产业的十条措施，</span><span>自2024年5月1日起施行。</span></section></section>
<section><p><strong>01</strong></p><p><strong>建站补助</strong></p></section><section><span>新建加氢站每座最高补助</span><strong>500万元</strong><span>。</span></section>
<section><p><br></p><p><strong>02 用氢补助</strong></p><p>氢能车辆每用一公斤氢补助15元。</p></section></div>
<div class="rich_media_tool">阅读原文 <span>阅读 1万+</span> <span>在看</span> <span>喜欢此内容的人还喜欢</span></div></div>
<div style="display:none">请在微信客户端打开</div></body></html>""",
        (
            "一图读懂云港氢能十条",
            "云港新区近日发布支持氢能产业的十条措施，自2024年5月1日起施行。",
            "建站补助",
            "新建加氢站每座最高补助500万元。",
            "02 用氢补助",
            "氢能车辆每用一公斤氢补助15元。",
        ),
        ("阅读原文", "在看", "还喜欢", "请在微信客户端打开"),
    ),
    "pasted source": WebPage(
        """<p>&nbsp;&nbsp;云港新区设立十亿元产业基金</p>
<p>基金由新区财政局和云港城投集团共同出资，&ldquo;重点投向低空经济和深海装备&rdquo;。</p>
<div>单个项目投资不超过<b>5000万元</b>。<br/>联系人：陆遥</div><table><tr><td>出资方</td><td>比例</td></tr><tr><td>新区财政局</td><td>60%</td></tr></table>""",
        (
            "云港新区设立十亿元产业基金",
            "基金由新区财政局和云港城投集团共同出资，“重点投向低空经济和深海装备”。",
            "单个项目投资不超过5000万元。",
            "联系人：陆遥",
            "出资方\t比例",
            "新区财政局\t60%",
        ),
        ("nbsp", "<p>"),
    ),
    "an interview in bare divisions": WebPage(
        """<html><head><meta charset="utf-8"><title>对话何敬：怎样把企业留下来-云港新闻网</title></head><body><header>云港新闻网 手机版 客户端下载</header>
<nav><a>要闻</a><a>财经</a><a>专题</a></nav><main><article><h1>对话何敬：怎样把企业留下来</h1>
<div class="source">2024-05-06 09:30 来源：云港新闻网 记者 许真</div><div class="detail">
<div>编者按：新区投资促进局今年换了打法，我们请局长何敬谈一谈。</div><h3>不拼补贴拼服务</h3>
<div>问：今年招商有什么变化？</div><div>答：我们把补贴预算减少了三成，省下来的钱用来建设标准厂房，总面积26万平方米。</div>
<blockquote>企业需要的是确定性。</blockquote><h3>承诺都写进合同</h3><div>问：企业担心承诺不兑现怎么办？</div>
<div>答：所有承诺都写进合同，逾期由管委会先行垫付。</div></div><div class="editor">责任编辑：方圆</div></article>
<aside><h4>热点排行</h4><ol><li><a>早市里的烟火气</a></li><li><a>周末去哪儿看海</a></li></ol></aside></main>
<footer>云港传媒集团 违法和不良信息举报电话：0000-7654321</footer></body></html>""",
        (
            "对话何敬：怎样把企业留下来",
            "2024-05-06 09:30 来源：云港新闻网 记者 许真",
            "编者按：新区投资促进局今年换了打法，我们请局长何敬谈一谈。",
            "不拼补贴拼服务",
            "问：今年招商有什么变化？",
            "答：我们把补贴预算减少了三成，省下来的钱用来建设标准厂房，总面积26万平方米。",
            "企业需要的是确定性。",
            "承诺都写进合同",
            "问：企业担心承诺不兑现怎么办？",
            "答：所有承诺都写进合同，逾期由管委会先行垫付。",
        ),
        ("客户端下载", "热点排行", "周末去哪儿看海", "举报电话"),
    ),
    "a page in traditional characters": WebPage(
        """<html><head><meta charset="big5"><title>雲港新區投資指南</title></head><body><div id="menu"><a>主頁</a> <a>最新消息</a> <a>聯絡我們</a> <a>網頁指南</a></div>
<div id="content"><h1>雲港新區投資指南</h1><p>新區設有三個工業園區，總面積12平方公里。</p><p>外來企業可以向投資促進局申請租金資助，首年最多八成。</p>
<p>申請須在開業後三個月內提出，並附上租約副本及商業登記證明。</p></div>
<div id="foot">2024 重要告示 | 私隱政策 | 覆檢日期：2024年1月8日</div></body></html>""",
        (
            "雲港新區投資指南",
            "新區設有三個工業園區，總面積12平方公里。",
            "外來企業可以向投資促進局申請租金資助，首年最多八成。",
            "申請須在開業後三個月內提出，並附上租約副本及商業登記證明。",
        ),
        ("最新消息", "私隱政策"),
    ),
}
