"""Asks the server and writes question and answer into a Book."""
import io
import re
import xml.etree.ElementTree as xml
import zipfile

from support.client import API, Client, sign_in
from support.program import wait_until
from support.snapshots import HEADERS, pretty

LIST_MAX = 3          # items of a list that are written out
TEXT_MAX = 6000       # characters of a page that are written out
FIGURES = {"showServerHealth"}  # whose numbers are the machine's, not the business's


class Recorder:
    def __init__(self, url, book, usernames):
        self.url, self.book = url, book
        self.description = Client(url).description
        self.clients = {(name, "en"): sign_in(url, name) for name in usernames}
        self.clients.update({(name, "zh"): Client(url, name, client.token, "zh") for (name, _), client in list(self.clients.items())})
        for language in ("en", "zh"):
            self.clients["nobody", language] = Client(url, None, language=language)
        self.covered = set()

    def ask(self, name, method, path, body=None, language="en", page=None, client=None, headers=None, key=None, version=None, shown=None, **options):
        """The response. `shown` stands for a body that is no JSON."""
        client = client or self.clients[name, language]
        if body is not None:
            options["json"] = body
        response, = wait_until(lambda: unless_busy(client.call(method, path, key=key, version=version, headers=headers, **options)),
                               f"the server to have time for {method} {path}")
        template, operation = self.description.operation(method, target_of(path).split("?")[0])
        page = page or (operation["operationId"] if operation else "others")
        if operation:
            self.covered.add((method, template))
        names = self.book.names(page)
        question = [f"{method} {names.in_text(target_of(path))}" + (f"?{query_text(options['params'])}" if options.get("params") else "")]
        if language != "en":
            question.append(f"Accept-Language: {language}")
        question += [f"{header}: {names.in_text(str(value))}" for header, value in sorted((headers or {}).items())]
        if key is not None:
            question.append("Idempotency-Key: " + key)
        if version is not None:
            question.append(f'If-Match: "{version}"')
        if body is not None:
            question.append(pretty(names.in_value(body)))
        elif shown:
            question.append(shown)
        self.book.note(page, self.without_port("\n".join(question)), self.answer_text(response, page, template or path), name)
        return response

    def note(self, page, question, response, name):
        """An answer that was had otherwise than by ask()."""
        self.book.note(page, question, self.answer_text(response, page, page), name)

    def answer_text(self, response, page, path):
        return self.without_port(answer_text(response, self.book.names(page), kind_of_path(path), page))

    def without_port(self, text):
        return text.replace(self.url, "http://<server>").replace(self.url.removeprefix("http://"), "<server>")


def unless_busy(response):
    """Nothing where the server asks to try again: whether its short queue is full at that moment is chance."""
    return [] if response.status_code == 503 and response.json().get("type", "").endswith("/busy") else [response]


def target_of(path):
    return path if path.startswith(API) or not API_PATHS.match(path) else API + path


API_PATHS = re.compile(r"/(?:session|me|workflows|students|evidence|requests|tasks|notifications|events|offices|schools|statistics|exports|about|"
                       r"accounts|proposals|audit|definitions|checks|health)(?:[/?]|\Z)")


def query_text(parameters):
    return "&".join(f"{key}={value}" for key, value in parameters.items())


def kind_of_path(template):
    parts = [part for part in template.removeprefix(API).split("/") if part and not part.startswith("{")]
    return parts[-1] if parts and parts[-1] in ("history", "delegations") else parts[0] if parts else ""


def answer_text(response, names, kind, operation):
    lines = [f"{response.status_code}"]
    for header in HEADERS:
        if header in response.headers:
            lines.append(f"{header}: {header_value(header, response.headers[header], names)}")
    return "\n".join(lines) + "\n" + body_text(response, names, kind, operation)


def header_value(header, value, names):
    if header == "Retry-After":
        return "<seconds>"
    if header == "Set-Cookie":
        return re.sub(r"=[A-Za-z0-9_-]{43}\b", lambda found: "=" + names.of("token", found[0][1:]), value)
    return names.in_text(value)


def body_text(response, names, kind, operation):
    media_type = response.headers.get("Content-Type", "").split(";")[0]
    if not response.content:
        return ""
    if media_type.endswith("json"):
        value = response.json()
        if operation in FIGURES and response.status_code == 200:
            value = without_figures(value)
        return pretty(shortened(named(names, value, kind, operation)))
    if media_type.endswith("sheet"):
        return "\n".join(",".join(line) for line in workbook_lines(response.content, names)[:LIST_MAX + 1])
    if media_type == "text/csv":
        lines = response.content.decode("utf-8").splitlines()
        shown = [csv_line(line, names, at) for at, line in enumerate(lines[:LIST_MAX + 1])]
        return "\n".join(shown + ([f"… {len(lines) - LIST_MAX - 1} more lines"] if len(lines) > LIST_MAX + 1 else []))
    if operation == "showMetrics":
        return "\n".join(sorted(line for line in response.text.splitlines() if line.startswith("# TYPE ")))
    if media_type.startswith("text/") or media_type == "image/svg+xml":
        text = names.in_text(response.text).replace("><", ">\n<")
        return text if len(text) <= TEXT_MAX else text[:TEXT_MAX] + f"\n… {len(text) - TEXT_MAX} more characters"
    return f"({len(response.content)} bytes)"


def named(names, value, kind, operation):
    value = names.in_value(value, kind, kind)
    if operation in ("showAbout", "showOpenApi", "showAsyncApi"):
        for place in (value, value.get("info", {})):
            if "version" in place:
                place["version"] = "<version>"
    return value


def without_figures(value):
    if isinstance(value, dict):
        return {key: without_figures(each) for key, each in value.items()}
    return "<number>" if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def shortened(value):
    """The first items of a list answer, and how many more there are."""
    for key in ("items", "examples"):
        if isinstance(value, dict) and isinstance(value.get(key), list) and len(value[key]) > LIST_MAX:
            value = {**value, key: value[key][:LIST_MAX] + [f"… {len(value[key]) - LIST_MAX} more"]}
    return value


def csv_line(line, names, at):
    """The first column is a request's id, but for the title."""
    line = names.in_text(line)
    return line if at == 0 else re.sub(r"\A(\"?)(\d+)\1,", lambda found: names.of("request", found[2]) + ",", line)


def workbook_lines(content, names):
    archive = zipfile.ZipFile(io.BytesIO(content))
    sheet = next(name for name in archive.namelist() if "worksheets/" in name)
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    shared = []
    if "xl/sharedStrings.xml" in archive.namelist():
        shared = ["".join(item.itertext()) for item in xml.fromstring(archive.read("xl/sharedStrings.xml"))]
    lines = []
    for row in xml.fromstring(archive.read(sheet)).iter(space + "row"):
        cells = [shared[int("".join(cell.itertext()))] if cell.get("t") == "s" else "".join(cell.itertext()) for cell in row]
        lines.append([csv_line(cells[0] + ",", names, len(lines)).rstrip(",")] + [names.in_text(cell) for cell in cells[1:]])
    return lines
