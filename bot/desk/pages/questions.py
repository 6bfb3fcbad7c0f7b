"""What investors ask: the log, and charts of it."""

from typing import Any

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.routing import route
from starlette_admin.widgets import ChartWidget

from bot.desk import show
from bot.desk.charts import bars, columns
from bot.desk.page import Page
from bot.desk.wording import label, say
from bot.numbers import whole
from knowledge.question_log import count_questions, latest_questions

TIMES = (7, 30, 90)
"""Days that can be looked back on."""

SHOWN = 100
"""Questions on a page."""

RANKED = 10
"""So many of what is asked for most are shown."""


OUTCOMES = ("answered", "choose", "missing", "unknown")
"""What became of a question."""

OPINIONS = {"helpful": True, "unhelpful": False}
"""What the asker said of the answer."""


class Questions(Page):
    """The question log."""

    path = "/questions"
    name = "questions"
    icon = "fa-solid fa-chart-column"

    @route("")
    async def index(self, request: Request) -> Response:
        """Charts, and below them the log."""
        asked = request.query_params
        days = int(asked["days"]) if asked.get("days") in {str(time) for time in TIMES} else TIMES[1]
        only, words = asked.get("only", ""), asked.get("words", "").strip()
        start = whole(asked.get("from", ""))

        def find(database: Session) -> dict[str, Any]:
            names = show.names_of(database)
            counted = count_questions(database, self.desk.now(), days)
            ranked = [(names.get(id, id), count) for id, count in counted.by_entity.most_common(RANKED)]
            outcomes = [(label("status", name), count) for name, count in counted.by_status.most_common()]
            tongues = [(label("language", name), count) for name, count in counted.by_language.most_common()]
            opinions = [(label("opinion", name), counted.by_helpful[held]) for name, held in OPINIONS.items()]
            charts: list[ChartWidget] = [
                columns(
                    say("questions.by_day"),
                    [(f"{day:%m-%d}", count) for day, count in counted.by_day.items()],
                ),
                bars(say("questions.by_entity"), ranked),
                bars(say("questions.by_status"), outcomes),
                bars(say("questions.by_language"), tongues),
            ]
            if counted.by_helpful:
                charts.append(bars(say("questions.by_opinion"), opinions))
            rows = latest_questions(
                database,
                status=only if only in OUTCOMES else "",
                helpful=OPINIONS.get(only),
                words=words,
                limit=SHOWN,
                offset=start,
            )
            return {"counted": counted, "charts": charts, "rows": rows, "names": names}

        found = await self.look(find)
        charts = [await self.chart(request, one) for one in found.pop("charts")]
        return self.render(
            request,
            "questions.html",
            days=days,
            times=TIMES,
            only=only,
            choices=[*(("status", one) for one in OUTCOMES), *(("opinion", one) for one in OPINIONS)],
            words=words,
            start=start,
            shown=SHOWN,
            charts=charts,
            **found,
        )
