"""What an administrator does at the terminal, beside a server that runs."""
import os
import subprocess

from support.program import ROOT, address_of, program


def try_account(world, *arguments):
    """`xueji account …` on the world's data, however it ends."""
    return subprocess.run([program(), "account", *arguments, "--data", str(world.server.data)], cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "XUEJI_DATABASE": address_of(world.server.data)}, timeout=60)


def account(world, *arguments):
    """The same, done; what it prints."""
    done = try_account(world, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def remove_posts(world, username):
    """Takes all posts of an account away."""
    for post in world[username].get("/me").json()["posts"]:
        account(world, "post-remove", username, post["id"], "--yes")


def add_account(world, body):
    """A new account by one administrator, its posts confirmed by the other where that is needed."""
    made = world["admin"].post("/accounts", body, expect=201).json()
    for post in made["proposed"]:
        world["admin2"].post(f"/accounts/{body['username']}/posts/{post['id']}/confirm", expect=200)
    return made


def give_post(world, username, body):
    """A post by one administrator, confirmed by the other where that is needed."""
    given = world["admin"].post(f"/accounts/{username}/posts", body, expect=(201, 202)).json()
    if given["state"] == "proposed":
        given = world["admin2"].post(f"/accounts/{username}/posts/{given['id']}/confirm", expect=200).json()
    return given
