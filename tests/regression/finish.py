"""Brings live requests to an end as an office would: whoever holds one does what the API says that they may."""
import concurrent.futures
import threading

from support.client import new_key
from support.journey import scans
from support.program import wait_until

FORWARD = ("submit", "approve", "escalate", "reject")
BACKWARD = ("discard", "withdraw")
# What is done beside the way, or leads back on it.
ASIDE = ("comment", "reassign", "set_aside", "return")


def asks_for_ground(refused):
    """Of a change that began before a ground had to be given."""
    return [error["pointer"] for error in refused.json().get("errors", [])] == ["/fields/ground"]


def settled(client, request):
    """A case can't be discarded: it is settled as that of two students."""
    return {"fields": {**request["fields"], "verdict": "two_persons", "survivor": None, "given_up": None, "statement": "经核实是两名学生"},
            "evidence": scans(client, "proof")}


class Finisher:
    def __init__(self, server, kept):
        self.server, self.kept, self.admin = server, kept, server["admin"]
        self.people, self.appointing = {}, threading.Lock()
        for account in self.admin.items("/accounts", limit=200):
            for post in account["posts"]:
                self.people.setdefault((post["office"]["id"], post["role"]), []).append(account["username"])

    def open_requests(self):
        return self.admin.items("/requests", open="true", limit=200)

    def holders_of(self, request):
        """Who may decide, those who claimed it first; then who opened it, who may take it back."""
        claimed = [holder["claimedBy"] for holder in request["holders"] if holder["claimedBy"]]
        posts = [name for holder in request["holders"] for name in self.people.get((holder["office"]["id"], holder["role"]), [])]
        return list(dict.fromkeys([*claimed, *posts])), request["openedBy"]

    def act(self, username, request, wanted):
        """True when one of the wanted actions was done."""
        seen = self.server[username].get(f"/requests/{request['id']}").json()
        actions = {action["key"]: action for action in seen["actions"] if action["allowed"]}
        for key in [*(key for key in wanted if key in actions), *self.own_words(actions, wanted)]:
            body = {} if actions[key]["comment"] == "none" else {"comment": "按规定办理"}
            answer = self.perform(username, seen, key, body)
            if answer.status_code == 422 and asks_for_ground(answer):
                answer = self.perform(username, seen, key, {**body, "fields": {**seen["fields"], "ground": "other"}})
            elif answer.status_code == 422 and seen["workflow"]["key"] == "problem-status":
                answer = self.perform(username, seen, key, {**body, **settled(self.server[username], seen)})
            if answer.status_code != 422:  # a draft that can't be filed yet is discarded
                return True
        return False

    def perform(self, username, request, action, body):
        return self.server[username].post(f"/requests/{request['id']}/actions/{action}", body, key=new_key(), version=request["version"],
                                          expect=(200, 409, 412, 422))

    @staticmethod
    def own_words(actions, wanted):
        """A business has words of its own for what leads on: fetch, keep_both …"""
        return [key for key in actions if key not in FORWARD + BACKWARD + ASIDE] if wanted == FORWARD else []

    def step(self, request):
        holders, opener = self.holders_of(request)
        for wanted in (FORWARD, BACKWARD):
            if any(self.act(name, request, wanted) for name in holders):
                return
        if opener != "system" and self.act(opener, request, BACKWARD):
            return
        substitute = self.appoint(request["holders"][0])
        assert self.act(substitute, request, FORWARD), f"nobody can do anything about request {request['id']} at {request['state']['key']}"

    def appoint(self, holder):
        """One more officer at the post: who is there has decided before and may not again. What was made earlier has one
        administrator, so the operator gives the post."""
        post = (holder["office"]["id"], holder["role"])
        name = f"second-{post[1]}-{post[0]}"
        with self.appointing:
            if name not in self.people[post]:
                self.admin.post("/accounts", {"username": name, "name": "增补人员", "password": "xueji-demo",
                                              "posts": [{"office": post[0], "role": post[1]}]}, expect=201)
                self.kept.run("account", "post-add", name, "--office", holder["office"]["code"], "--role", post[1])
                self.people[post].append(name)
        return name

    def finish(self, listed):
        """To its end, or to the national checks."""
        for _ in range(20):
            request = self.admin.get(f"/requests/{listed['id']}").json()
            if request["outcome"] or request["state"]["kind"] == "check":
                return
            self.step(request)
        raise AssertionError(f"request {listed['id']} comes to no end")

    def retry_checks(self):
        for check in self.admin.items("/checks", limit=200):
            self.admin.post(f"/checks/{check['id']}/retry", {}, key=new_key(), expect=(200, 202, 204, 404, 409))

    def checked(self):
        """Those that are not with the national side (any more)."""
        return not [each for each in self.open_requests() if each["state"]["kind"] == "check"]

    def finish_all(self):
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            while waiting := self.open_requests():
                list(pool.map(self.finish, [each for each in waiting if each["state"]["kind"] != "check"]))
                self.retry_checks()
                wait_until(self.checked, "the national side to answer", seconds=30, pause=0.2)
