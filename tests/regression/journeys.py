"""What happens before a folder is kept: both businesses in every state and to every end, by HTTP, beside the demo's own requests."""
import datetime
import json

from support.client import new_key
from support.files import jpeg, pdf
from support.journey import DELETION, NAME_CHANGE, act, now, open_request, scans, task_of, upload, wait_for_state

LENT_FOR = datetime.timedelta(days=360)  # a post may be lent for a year


def again(client, path, text, key, version, expect=(200, 201)):
    """A call whose body is sent as it is written."""
    return client.call("POST", path, expect, key=key, version=version, data=text.encode(), headers={"Content-Type": "application/json"})


class Journeys:
    def __init__(self, world, supply):
        self.world, self.supply = world, supply
        self.keys = []  # what was sent under which Idempotency-Key, to be sent again years later

    def __getitem__(self, username):
        return self.world[username]

    # Steps

    def file(self, example, evidence=None, **fields):
        return open_request(self["registrar"], example["student"], {**example["fields"], "reason": "户口簿更正", **fields}, evidence)

    def approved(self, request, *usernames):
        for username in usernames:
            request = act(self[username], request, "approve", comment="同意")
        return request

    def claimed(self, username, request):
        client = self[username]
        task = task_of(client, request)
        client.post(f"/tasks/{task['id']}/claim", expect=200, key=new_key(), version=task["version"])
        return now(client, request)

    def to_findings(self):
        request = self.approved(self.file(self.supply.suspect()), "head", "county", "county-approver")
        return wait_for_state(self["registrar"], request, "county_findings")

    def to_judgement(self):
        return act(self["county"], self.to_findings(), "escalate", comment="提请省级认定")

    # Changes of name or ID number

    def drafts(self):
        registrar = self["registrar"]
        open_request(registrar, self.supply.clear()["student"], {}, [], submit=False)
        kept = open_request(registrar, self.supply.clear()["student"], {"new_name": "𠮷·买买提", "ground": "register_changed", "reason": "户口簿更正"}, [], submit=False)
        registrar.patch(f"/requests/{kept['id']}", {"evidence": scans(registrar, count=2)}, 200, version=kept["version"])
        discarded = open_request(registrar, self.supply.clear()["student"], {"reason": "误填"}, [], submit=False)
        act(registrar, discarded, "discard")

    def kept_keys(self):
        """One call to open and one to decide, with their keys and, to the byte, their bodies."""
        example = self.supply.clear("new_name")
        body = {"workflow": NAME_CHANGE, "student": example["student"], "fields": {**example["fields"], "reason": "户口簿更正"},
                "evidence": scans(self["registrar"]), "submit": True}
        request = self.remembered("registrar", "/requests", body)
        self.remembered("head", f"/requests/{request['id']}/actions/approve", {"comment": "同意"}, request["version"])

    def remembered(self, username, path, body, version=None):
        key, text = new_key(), json.dumps(body, ensure_ascii=False)
        request = again(self[username], path, text, key, version).json()
        self.keys.append({"as": username, "path": path, "key": key, "body": text, "version": version, "request": request["id"]})
        return request

    def under_way(self):
        for steps in ((), ("head",), ("head", "county")):
            for field in ("new_name", "new_id_number"):
                self.approved(self.file(self.supply.clear(field)), *steps)
        self.claimed("head", self.file(self.supply.clear()))
        self.claimed("county", self.approved(self.file(self.supply.clear()), "head"))
        self.claimed("county-approver", self.approved(self.file(self.supply.clear()), "head", "county"))
        self.to_findings()
        self.claimed("county", self.to_findings())
        self.to_judgement()
        self.claimed("province-approver", self.to_judgement())

    def returned(self):
        """Rounds: filed again with other values and other scans, and some that wait to be filed again."""
        registrar = self["registrar"]
        request = self.file(self.supply.clear("new_name"), [{"kind": "household_register", "sha256": upload(registrar)["sha256"]}], new_name="王误写")
        request = act(self["head"], request, "return", comment="姓名与户口簿不符")
        fields = {"new_name": "王更正", "ground": "register_changed", "reason": "按户口簿第二页"}
        evidence = [{"kind": "household_register", "sha256": upload(registrar, jpeg(), "第二页.jpg", "image/jpeg")["sha256"]},
                    {"kind": "other_certificate", "sha256": upload(registrar, pdf(), "证明.pdf", "application/pdf")["sha256"]}]
        request = act(registrar, request, "submit", fields=fields, evidence=evidence)
        request = act(self["county"], self.approved(request, "head"), "return", comment="请学校复核", to="head_review")
        self.approved(request, "head")

        request = act(self["county-approver"], self.approved(self.file(self.supply.clear()), "head", "county"), "return", comment="扫描件不清晰")
        request = registrar.patch(f"/requests/{request['id']}", {"evidence": scans(registrar, count=3)}, 200, version=request["version"]).json()
        self.approved(act(registrar, request, "submit"), "head", "county")

        act(self["county"], self.approved(self.file(self.supply.clear()), "head"), "return", comment="请补充户口簿首页")
        act(self["county"], self.to_findings(), "return", comment="请核对身份证件号码")
        act(self["province-approver"], self.to_judgement(), "return", comment="请县级再核", to="county_review")

    def ended(self):
        done = self.approved(self.file(self.supply.clear("new_name")), "head", "county", "county-approver")
        assert wait_for_state(self["registrar"], done, "completed")["outcome"] == "completed"
        assert act(self["province-approver"], self.to_judgement(), "approve", comment="认定属实")["outcome"] == "completed"
        assert act(self["head"], self.file(self.supply.clear()), "reject", comment="材料不足")["outcome"] == "rejected"
        assert act(self["county"], self.to_findings(), "reject", comment="疑点未消除")["outcome"] == "rejected"
        assert act(self["registrar"], self.approved(self.file(self.supply.clear()), "head"), "withdraw")["outcome"] == "withdrawn"

    def lent(self):
        """The county's reviewer lends the post to the approver, who decides under it."""
        county, approver = self["county"], self["county-approver"]
        post = next(post for post in county.get("/me").json()["posts"] if post["role"] == "reviewer")
        until = (datetime.datetime.now(datetime.timezone.utc) + LENT_FOR).strftime("%Y-%m-%dT%H:%M:%SZ")
        county.post("/me/delegations", {"post": post["id"], "to": "county-approver", "until": until}, expect=201)
        self.approved(self.file(self.supply.clear()), "head", "county-approver")
        self.claimed("county-approver", self.approved(self.file(self.supply.clear()), "head"))
        assert approver.get("/me").json()["posts"]

    def waiting_for_the_nation(self):
        self.world.simulator.switch(outage=True)
        for field in ("new_name", "new_id_number", "new_name"):
            request = self.approved(self.file(self.supply.clear(field)), "head", "county", "county-approver")
            assert request["state"]["key"] == "central_check"

    # Deletions of G numbers

    def deletion(self, *usernames, **more):
        example = self.supply.deletion()
        return self.approved(open_request(self["province"], example["student"], example["fields"], workflow=DELETION, **more), *usernames)

    def deletions(self):
        province = self["province"]
        assert self.deletion("province-approver", "ministry", "ministry-approver")["outcome"] == "completed"
        request = act(self["ministry"], self.deletion("province-approver"), "return", comment="请补充佐证材料")
        fields = {**request["fields"], "statement": "经两校核实，本校学籍系重复建立；补充佐证。", "ground": "other"}
        request = act(province, request, "submit", fields=fields, evidence=scans(province, "certification", 2))
        request = self.approved(request, "province-approver", "ministry")
        act(self["ministry-approver"], request, "return", comment="请再核", to="ministry_review")
        act(self["province-approver"], self.deletion(), "return", comment="请补充")
        self.claimed("ministry", self.deletion("province-approver"))
        self.claimed("ministry-approver", self.deletion("province-approver", "ministry"))

    def notices_read(self):
        registrar = self["registrar"]
        newest = registrar.get("/notifications").json()["items"]
        registrar.post("/notifications/read", {"ids": [newest[0]["id"]]}, expect=204)
        registrar.post("/notifications/read", {"through": newest[-1]["id"]}, expect=204)

    def play(self):
        self.drafts()
        self.kept_keys()
        self.under_way()
        self.returned()
        self.ended()
        self.lent()
        self.deletions()
        self.notices_read()
        self.waiting_for_the_nation()
