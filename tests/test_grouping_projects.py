"""Which lines belong together, and what their project is called."""

from evidence_builder import line
from grouped import MANAGER, grouped, project_named, projects_of

from analyzer.records import Evidence
from analyzer.settings import Curation, LineDecision, ProjectName, Rename, Settings

SENSORS = line("2025-02-03", "first sensors fitted", "a", status="done", prefix="Oven sensors")


def names_of(*lines: Evidence) -> list[str]:
    return sorted(projects_of(grouped(lines)))


def project_of(*lines: Evidence) -> str | None:
    """Return the project of the last line."""
    return grouped(lines).evidence[-1].project


def test_spellings_typos_and_stages_of_one_name_are_one_project() -> None:
    lines = [
        SENSORS,
        line("2025-02-10", "wiring drawn", "a", status="done", prefix="oven sensor"),
        line("2025-02-17", "two ovens", "a", status="done", prefix="Oven sesnors pilot"),
        line("2025-02-24", "half way", status="in_progress", prefix="Oven sensors [P1]"),
    ]
    assert names_of(*lines) == ["Oven sensors"]


def test_a_short_form_joins_the_only_name_it_can_mean() -> None:
    later = line("2025-03-03", "wired up", "a", status="done", prefix="sensors")
    assert project_of(SENSORS, later) == "Oven sensors"


def test_siblings_that_share_a_word_stay_apart_and_get_a_theme() -> None:
    siblings = [
        "Loyalty A/B test",
        "Loyalty redemption analysis",
        "Loyalty <> churn analysis",
        "Loyalty costs dashboard",
    ]
    lines = [
        line(f"2025-0{month}-03", f"{word} report sent", "a", status="done", prefix=name)
        for month, (name, word) in enumerate(zip(siblings, ("first", "second", "third", "fourth"), strict=True), 2)
    ]
    review = grouped(lines)
    assert sorted(project.name for project in review.projects) == sorted(siblings)
    assert {project.theme for project in review.projects} == {"Loyalty"}


def test_two_names_in_one_list_are_two_projects() -> None:
    lines = [
        SENSORS,
        line("2025-03-03", "wired up", "a", status="done", prefix="Oven sensors"),
        line("2025-03-03", "new ones ordered", "a", status="done", prefix="Oven"),
    ]
    assert len(names_of(*lines)) == 2


def test_a_rename_in_the_notes_joins_two_names_and_the_new_one_is_shown() -> None:
    lines = [
        SENSORS,
        line("2025-03-03", "we now call Oven sensors Beacon", cues=[("alias", "Oven sensors => Beacon")], id="rename"),
        line("2025-04-07", "live on all ovens", "a", status="done", prefix="Beacon"),
    ]
    project = project_named(grouped(lines), "Beacon")
    assert project.aliases == ("Oven sensors",)
    assert project.renamed_by == "rename"


def test_a_name_that_the_settings_give_beats_what_the_notes_write() -> None:
    settings = Settings(projects=(ProjectName(name="Heat watch", aliases=("Oven sensors", "probes"), theme="Ovens"),))
    lines = [SENSORS, line("2025-03-03", "moved", "a", status="done", prefix="Probes")]
    review = grouped(lines, settings=settings)
    assert [(project.name, project.theme) for project in review.projects] == [("Heat watch", "Ovens")]


def test_a_rename_by_the_user_beats_the_settings_and_merges() -> None:
    settings = Settings(projects=(ProjectName(name="Heat watch", aliases=("Oven sensors",)),))
    curation = Curation(rename=(Rename(old="Heat watch", new="Ovens"), Rename(old="Flour silo", new="Ovens")))
    lines = [SENSORS, line("2025-03-03", "filled", "a", status="done", prefix="Flour silo")]
    assert list(projects_of(grouped(lines, settings=settings, curation=curation))) == ["Ovens"]


def test_the_users_decision_about_a_line_beats_its_own_name() -> None:
    curation = Curation(line=(LineDecision(id=SENSORS.id, project="Flour silo"),))
    assert list(projects_of(grouped([SENSORS], curation=curation))) == ["Flour silo"]


def test_a_nested_line_belongs_to_the_line_above_it() -> None:
    reply = line("2025-02-03", "that was quick", "f", polarity="positive", author=MANAGER, parent=0)
    assert project_of(SENSORS, reply) == "Oven sensors"


def test_a_line_under_a_bold_lead_belongs_to_the_lead() -> None:
    found = line("2025-02-03", "first version fitted", "a", status="done", lead="🔥 Oven sensors")
    assert project_of(found) == "Oven sensors"


def test_a_lead_that_only_heads_a_list_is_no_project() -> None:
    assert names_of(line("2025-02-03", "first version fitted", "a", status="done", lead="Done this week")) == []


def test_a_line_that_names_the_project_in_running_text_belongs_to_it() -> None:
    later = line("2025-05-05", "did anybody look at the oven sensors?", cues=[("ask", "")])
    assert project_of(SENSORS, later) == "Oven sensors"


def test_a_one_word_name_behind_another_noun_is_no_mention() -> None:
    budget = line("2025-02-03", "sent to finance", "a", status="done", prefix="Budget")
    other = line("2025-05-05", "training budget approved", cues=[("answer", "")], author=MANAGER)
    assert project_of(budget, other) is None


def test_two_words_that_only_one_project_uses_are_enough() -> None:
    lines = [
        line("2025-02-03", "late loaves should halve", "a", status="done", prefix="Oven sensors"),
        line("2025-02-03", "new bags ordered", "a", status="done", prefix="Flour silo"),
        line("2025-03-03", "Late loaves from 18 to 9", "i"),
    ]
    assert project_of(*lines) == "Oven sensors"


def test_one_shared_word_is_not_enough() -> None:
    lines = [SENSORS, line("2025-03-03", "the roof is fitted", "a", status="done")]
    assert project_of(*lines) is None


def test_words_of_the_whole_year_speak_for_no_project() -> None:
    lines = [
        line("2025-02-03", "shop visit planned", status="planned", prefix="Oven sensors"),
        *(line(f"2025-0{month}-10", f"visit to shop {month}", status="in_progress") for month in range(3, 7)),
    ]
    assert {found.project for found in grouped(lines).evidence[1:]} != {"Oven sensors"}


def test_a_phrase_that_returns_in_two_meetings_is_a_project_without_any_prefix() -> None:
    lines = [
        line("2025-02-03", "taught Ilse the allergen label audit", "a", status="done", people=["Ilse Brandt"]),
        line("2025-03-03", "Ilse does the allergen label audit alone now", "i", people=["Ilse Brandt"]),
    ]
    assert list(projects_of(grouped(lines))) == ["Allergen label audit"]


def test_a_phrase_of_growth_talk_is_no_project() -> None:
    lines = [
        line("2025-02-03", "booked the food safety course", "c", status="done"),
        line("2025-03-03", "passed the food safety course", "a c", status="done"),
    ]
    assert names_of(*lines) == []


def test_a_person_is_no_project() -> None:
    assert names_of(line("2025-02-03", "order sheet sent", "a", status="done", prefix="Piet")) == []


def test_a_name_that_alone_stands_before_feedback_is_a_speaker_and_no_project() -> None:
    praise = line("2025-02-03", "the best order sheet so far", "f", direction="received", prefix="Tove")
    work = line("2025-03-03", "order sheet sent", "a", status="done", prefix="Tove")
    assert names_of(praise, line("2025-03-03", "Tove's order sheet is out", "a", status="done")) == []
    assert names_of(praise, work) == ["Tove"]


def test_a_line_that_explains_code_names_makes_each_one_project_with_what_it_means() -> None:
    lines = [
        line(None, "Cheat sheet: Acorn = oven sensors, Rally = bread vans", id="sheet"),
        line("2025-02-03", "fitted in both shops", "a", status="done", prefix="Acorn"),
        line("2025-03-03", "calibrated", "a", status="done", prefix="Oven sensors"),
    ]
    assert projects_of(grouped(lines))["Acorn"][-2:] == ["fitted in both shops", "calibrated"]
    one = [line(None, "Acorn = oven sensors"), *lines[1:]]
    assert len(projects_of(grouped(one))) == 2


def test_the_first_cell_of_a_row_names_a_project_only_where_it_comes_back() -> None:
    def row(on: str, topic: str, told: str) -> Evidence:
        return line(on, f"{topic} | {told}", "a", status="done", prefix=topic)

    once = [row("2025-02-03", "Price tags", "printed for both shops")]
    assert names_of(*once) == []
    assert names_of(*once, row("2025-03-03", "Price tags", "changed to the new font")) == ["Price tags"]


def test_names_of_several_words_that_share_none_are_never_joined_by_what_their_lines_say() -> None:
    said = "the night crew relies on the calibrated scales"
    lines = [
        line("2025-02-03", said, "a", status="done", prefix="Oven sensors"),
        line("2025-03-03", said, "i", prefix="Flour silo"),
    ]
    assert projects_of(grouped(lines)) == {"Oven sensors": [said]}


def test_lines_with_the_same_ticket_share_a_project() -> None:
    lines = [
        line("2025-02-03", "fitted, OPS-12", "a", status="done", prefix="Oven sensors"),
        line("2025-03-03", "closed OPS-12", "a", status="done"),
    ]
    assert project_of(*lines) == "Oven sensors"


def test_a_name_that_one_meeting_plans_and_nothing_comes_of_is_no_project() -> None:
    assert names_of(line("2025-02-03", "maybe in May", status="planned", prefix="Bread vans")) == []


def test_what_is_parked_is_a_project_even_where_one_meeting_names_it() -> None:
    assert names_of(line("2025-02-03", "parked by the board", status="dropped", prefix="Bread vans")) == ["Bread vans"]


def test_a_phrase_in_running_text_joins_the_name_that_it_shortens() -> None:
    lines = [
        line("2025-02-03", "first page drawn", "a", status="done", prefix="Waste report dashboard"),
        line("2025-03-03", "waste dashboard shown to the board", "a", status="done"),
        line("2025-04-07", "the board asks for the waste dashboard each week", "i"),
    ]
    assert names_of(*lines) == ["Waste report dashboard"]


def test_initials_in_front_of_a_colon_are_no_project() -> None:
    assert names_of(line("2025-02-03", "sheet sent", "a", status="done", prefix="WT")) == []


def test_a_one_word_name_is_shown_in_the_fuller_form_that_a_later_line_writes() -> None:
    lines = [
        line("2025-02-03", "set new stock levels", "a", status="done", prefix="flour"),
        line("2025-06-02", "flour stock levels made it into the handbook", cues=[("repeat", "")]),
    ]
    assert list(projects_of(grouped(lines))) == ["Flour stock levels"]


def test_a_sentence_that_points_back_belongs_to_the_one_before_it() -> None:
    lines = [
        line("2025-02-03", "Oven sensors are fitted.", "a", status="done", prose=True, number=1),
        line("2025-02-03", "They cost less than planned.", "i", prose=True, number=2),
    ]
    settings = Settings(projects=(ProjectName(name="Oven sensors"),))
    assert grouped(lines, settings=settings).evidence[-1].project == "Oven sensors"


def test_prefixed_lines_below_headings_of_work_are_a_project_each() -> None:
    wins = [
        line(
            "2025-03-03", "shared with the shops", "a", status="done", prefix="Loyalty A/B test review", section="wins"
        ),
        line("2025-03-03", "most save for bread", status="done", prefix="Loyalty stamps review", section="wins"),
    ]
    running = [
        ("Loyalty <> waste review", "do regulars waste less?", "in_progress"),
        ("Loyalty costs sheet", "tracks what the stamps cost", "in_progress"),
        ("Van hire sheet", "waiting for the van table", "blocked"),
        ("Corner shop bonus loyalty stamps support", "the shops put it off", "dropped"),
    ]
    lines = [
        line("2025-03-03", text, status=state, prefix=name, section="in_progress") for name, text, state in running
    ]
    assert names_of(*wins, *lines) == sorted(found.item.prefix for found in (*wins, *lines))


def test_a_prefixed_line_does_not_join_another_prefix_of_its_list_for_its_words() -> None:
    lines = [
        line("2025-03-03", "kiln relined with lime mortar", "a", status="done", prefix="Kiln relining"),
        line("2025-03-03", "lime mortar ordered", status="planned", prefix="Lime mortar store"),
    ]
    assert project_of(*lines) is None


def test_words_of_an_address_name_no_project() -> None:
    lines = [line(f"2025-0{at}-03", f"https://evil.example.org/{at}: mended", "a", status="done") for at in (2, 3, 4)]
    assert names_of(*lines) == []


def test_a_common_word_that_one_line_puts_in_front_is_a_topic() -> None:
    lines = [
        line("2025-02-03", "she exchanges on the house"),
        line("2025-03-03", "moved in", "a", status="done", prefix="House"),
    ]
    assert names_of(*lines) == []


def test_a_common_word_that_two_lines_put_in_front_is_a_project() -> None:
    lines = [line(f"2025-0{at}-03", f"floor {at} laid", "a", status="done", prefix="House") for at in (2, 3)]
    assert names_of(*lines) == ["House"]


def test_a_heading_of_most_meetings_is_a_part_of_the_form() -> None:
    months = range(1, 8)
    lines = [
        line(f"2025-0{month}-03", f"batch {month} baked", "a", status="done", lead="Bakery floor") for month in months
    ]
    others = [line(f"2025-{month}-03", "nothing to tell") for month in (10, 11)]
    assert names_of(*lines, *others) == []
    assert names_of(*lines[:4], *others) == ["Bakery floor"]


def test_a_verb_that_returns_names_no_project() -> None:
    lines = [
        line("2025-02-03", "submit the flour claim", "a", status="done"),
        line("2025-03-03", "submit the oven form", "a", status="done"),
        line("2025-04-03", "submit the yeast tender", "a", status="done"),
    ]
    assert "Submit" not in names_of(*lines)


def test_people_are_known_in_notes_without_capitals() -> None:
    lines = [
        line("2025-02-03", "ondrej said the racks are fine", "f"),
        line("2025-03-03", "told ondrej about the racks order", "a", status="done"),
        line("2025-04-03", "ondrej asked for more trays", "a", status="done"),
    ]
    assert "Ondrej" not in names_of(*lines)


def test_a_thing_with_a_name_of_its_own_is_enough_where_one_project_owns_it() -> None:
    lines = [
        SENSORS,
        line("2025-02-10", "Quillfax cable laid", "a", status="done", prefix="Oven sensors"),
        line("2025-02-17", "second Quillfax box bolted on", "a", status="done", prefix="Oven sensors"),
    ]
    named = line("2025-03-03", "the Quillfax reads true since Monday", "i")
    small = line("2025-03-03", "the cable reads true since Monday", "i")
    assert project_of(*lines, named) == "Oven sensors"
    assert project_of(*lines, small) is None
