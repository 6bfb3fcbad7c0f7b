"""Why a question was answered as it was, in words for staff and as data."""

from typing import Any

from knowledge.asking.answer import Answer, Outcome
from knowledge.asking.decision import Decision, Operation, Worked
from knowledge.asking.lexicon import Part
from knowledge.asking.library import Library
from knowledge.asking.rank import Candidate, weigh
from knowledge.asking.spans import Parse

_PARTS = {
    Part.ENTITY: "实体",
    Part.TOPIC: "话题",
    Part.KIND: "类别",
    Part.QUESTION: "疑问词",
    Part.SWITCH: "转换话题",
    Part.PRONOUN: "指代",
    Part.HOME: "本地",
    Part.RANK: "名次",
    Part.MORE: "追问",
    Part.FORGET: "忘记",
    Part.REFUSAL: "不属业务",
    Part.GREETING: "寒暄",
    Part.FILLER: "虚词",
    Part.TERM: "名词",
    None: "未识别",
}

_WORKED = {
    Operation.DIFFERENCE: "两个数相差多少",
    Operation.SUM: "两个数合计多少",
    Operation.SHARE: "一个数占另一个数的多少",
    Operation.RATIO: "一个数是另一个数的几倍",
    Operation.AVERAGE: "平均每个多少",
}

_OUTCOMES = {
    Outcome.ANSWERED: "回答",
    Outcome.CHOOSE: "请提问人选择",
    Outcome.MISSING: "如实告知资料里没有",
    Outcome.UNKNOWN: "不属于本机构的业务",
}


def trace(answer: Answer, parse: Parse, decision: Decision) -> dict[str, Any]:
    """The whole decision as data.

    Args:
        answer: what was said.
        parse: the question in spans.
        decision: what was decided over it.
    """
    return {
        "normalized": parse.question.text,
        "language": parse.question.language.value,
        "pinyin": parse.question.spelled,
        "spans": [
            {
                "text": span.text,
                "part": span.part.value if span.part else "",
                "values": sorted(span.values),
                "quality": round(span.quality, 3),
                "weight": weigh(span) if span in parse.content else 0.0,
            }
            for span in parse.spans
        ],
        "outcome": decision.outcome.value,
        "entity": decision.entity,
        "topic": decision.topic,
        "from_conversation": decision.implied,
        "unexplained": [span.text for span in decision.unexplained],
        "confidence": answer.confidence,
        "written": decision.written,
        "products": decision.products,
        "rewritten": decision.rewritten,
        "worked": _worked(decision.worked) if decision.worked else {},
        "mended": list(decision.mended),
        "by_meaning": decision.probability > 0,
        "quoted": decision.hit is not None,
        "candidates": [_candidate(candidate) for candidate in decision.candidates],
        "sources": [source.public() for source in answer.sources],
    }


def _worked(worked: Worked) -> dict[str, Any]:
    numbers = {"result": worked.result, "exact": worked.exact}
    return {"operation": worked.operation.value, "one": worked.one.id, "other": worked.other.id, **numbers}


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "fact": candidate.record.id,
        "entity": candidate.entity,
        "topic": candidate.topic,
        "support": round(candidate.support, 3),
        "missing": round(candidate.missing, 3),
        "order": round(candidate.order, 3),
        "shares": {span.text: round(share, 2) for span, share in candidate.shares},
    }


def describe(data: dict[str, Any], library: Library) -> str:
    """A trace in words that a member of staff understands.

    Args:
        data: what `trace` gave.
        library: the knowledge, for names.
    """
    lines = [f"读作:{data['normalized']}" + ("(拼音)" if data["pinyin"] else "")]
    for span in data["spans"]:
        names = "、".join(_name(value, library) for value in span["values"])
        part = _PARTS[Part(span["part"]) if span["part"] else None]
        slip = "" if span["quality"] == 1 else f",相似度{span['quality']:.2f}"
        lines.append(
            f"  「{span['text']}」 {part}{'=' + names if names else ''}(分量{span['weight']:g}{slip})"
        )
    if data["from_conversation"]:
        lines.append(f"问题没有点名,按上文理解为:{_name(data['entity'], library)}")
    lines.append(f"结论:{_OUTCOMES[Outcome(data['outcome'])]},把握{data['confidence']:.2f}")
    if data["products"]:
        lines.append(f"来人说自己做「{data['products']}」,问的是归哪条产业链:按词典里的行业(industries)找到")
    if worked := data["worked"]:
        lines.append(
            f"问的是{_WORKED[Operation(worked['operation'])]}，资料里没有现成的：由{worked['one']}和{worked['other']}两个数算出"
        )
    if data["rewritten"]:
        lines.append(f"单看这句话没有答案，补上上文刚说到的名称再读：{data['rewritten']}")
    if data["mended"]:
        typed, meant = data["mended"]
        lines.append(f"「{typed}」当作「{meant}」的笔误来读:照原样读有字没有着落")
    if data["written"]:
        lines.append("与核对事实时写下的问法一字不差,直接用那条事实回答")
    if data["by_meaning"]:
        lines.append(
            f"词语对不上,按意思判断:{data['confidence']:.0%}的可能就是所问的事实(低于{data['plausible']:.0%}不回答;"
            f"有名称、数字或关键名词对不上时,低于{data['despite']:.0%}不回答)"
        )
    if data["quoted"]:
        lines.append("没有事实说到，引用一句说全了所问的原文")
    if data["unexplained"]:
        lines.append(f"没有着落的词:{'、'.join(data['unexplained'])}(合计分量超过{data['limit']}就不回答)")
    if data["candidates"]:
        lines.append("比较过的事实(按次序):")
    for place, candidate in enumerate(data["candidates"], start=1):
        about = f"{_name(candidate['entity'], library)}的{candidate['topic']}"
        lines.append(
            f"  {place}. {candidate['fact']}({about}):"
            f"说明了{candidate['support']:.0%},没说明的分量{candidate['missing']:.2f}"
        )
    lines += [
        f"依据:{source['file']} 第{source['start']}–{source['end']}字「{source['quote']}」"
        for source in data["sources"]
    ]
    return "\n".join(lines)


def _name(id: str, library: Library) -> str:
    return library.entities[id].name if id in library.entities else id
