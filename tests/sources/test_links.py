"""Links name recorded ids, tie at least two printings, and set apart only what differs by definition."""

from collections import Counter

import pytest


@pytest.fixture(scope="module")
def links(recorded):
    return recorded["links.quantities"].rows


def test_every_linked_id_is_recorded(links, recorded):
    for identifier in links["id"]:
        recorded.locate(identifier)


def test_every_link_ties_several_printings_once(links):
    assert min(Counter(links["link"]).values()) >= 2
    assert not links.duplicated(["link", "id"]).any()


def test_quantities_that_documents_share_are_linked(links):
    documents = links.assign(document=links["id"].str.split("/").str[0]).groupby("link")["document"].nunique()
    shared = set(documents[documents > 1].index)
    assert {
        "women_p5_and_above",
        "women_p5_and_above_target",
        "approvals_per_year",
        "rbsa_contributions",
        "leading_partners",
        "leading_partners_share",
        "cooperation_countries",
        "un_swap_areas",
        "pathfinder_countries",
        "strategy_pillars",
    } <= shared


def test_printings_of_one_definition_that_differ_are_known(links, recorded):
    differing = set()
    for (link, _), rows in links.groupby(["link", "note"]):
        found = [recorded.locate(identifier) for identifier in rows["id"]]
        if len({table.values[row].value for table, row in found}) > 1:
            differing.add(link)
    assert differing == {
        "women_p5_and_above",
        "headquarters_footprint",
        "people_without_social_protection",
        "child_labour_increase",
    }


def test_evidence_is_linked_within_its_own_action(recorded):
    plan = recorded["links.plan_evidence"].rows
    statements = recorded["review.evidence"].rows.set_index("id")["action"]
    deliverables = set(recorded["plan.deliverables"].rows["deliverable"])
    assert not plan.duplicated().any()
    for deliverable, evidence in zip(plan["deliverable"], plan["evidence"], strict=True):
        assert deliverable in deliverables
        assert statements[evidence] == deliverable.rpartition(".")[0]


def test_statements_give_numbers_that_are_recorded_once(recorded):
    for identifier in filter(None, recorded["review.evidence"].rows["prose"]):
        recorded.locate(identifier)
