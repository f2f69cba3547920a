#include <array>

#include "web/description/openapi_schemas.hpp"

namespace xueji::web {
namespace {

constexpr std::array administration_schema_table{
    NamedSchema{
        "GivenPost",
        R"({"allOf":[{"$ref":"#/components/schemas/Post"}],"type":"object","required":["state"],"properties":{"state":{"enum":["held","proposed"]}}})"},
    NamedSchema{
        "Proposal",
        R"({"allOf":[{"$ref":"#/components/schemas/GivenPost"}],"type":"object","required":["username","proposedBy","proposedAt"],"properties":{
      "username":{"type":"string","description":"whom it is for"},"proposedBy":{"type":"string"},"proposedAt":{"$ref":"#/components/schemas/Instant"}}})"},
    NamedSchema{
        "AuditLine",
        R"({"type":"object","required":["id","at","action","actionTitle","by","byName","operator","account","office","role","post","record","address"],"properties":{
      "id":{"$ref":"#/components/schemas/Id"},"at":{"$ref":"#/components/schemas/Instant"},"action":{"type":"string"},"actionTitle":{"type":"string"},
      "by":{"type":["string","null"],"description":"user name; null where nobody was signed in"},"byName":{"type":"string"},
      "operator":{"type":"boolean","description":"at the command line of the server"},
      "account":{"type":["string","null"],"description":"user name of whom it was done to; null where no account has the name"},
      "office":{"oneOf":[{"$ref":"#/components/schemas/Office"},{"type":"null"}]},"role":{"oneOf":[{"$ref":"#/components/schemas/Role"},{"type":"null"}]},
      "post":{"oneOf":[{"$ref":"#/components/schemas/Id"},{"type":"null"}]},"record":{"type":["string","null"]},
      "address":{"type":["string","null"],"description":"of the client, as the server saw it"}}})"},
    NamedSchema{
        "Session",
        R"({"type":"object","required":["id","since","lastUsed","until","kind","address","userAgent","current"],"properties":{
      "id":{"type":"string"},"since":{"$ref":"#/components/schemas/Instant"},"lastUsed":{"$ref":"#/components/schemas/Instant"},"until":{"$ref":"#/components/schemas/Instant"},
      "kind":{"enum":["browser","token"]},"address":{"type":["string","null"]},"userAgent":{"type":["string","null"]},"current":{"type":"boolean"}}})"},
    NamedSchema{
        "Definition",
        R"({"allOf":[{"$ref":"#/components/schemas/Workflow"}],"type":"object","required":["current","counts","waiting","verification"],"properties":{
      "current":{"type":"boolean","description":"the newest version, on which requests are opened"},
      "counts":{"type":"array","description":"one for each state, in their order","items":{"type":"object","required":["state","count","overdue"],"properties":{
        "state":{"type":"string"},"count":{"type":"integer","minimum":0},"overdue":{"type":"integer","minimum":0}}}},
      "waiting":{"type":"array","description":"of the states in which something waits, those within parallel branches too; until now, in seconds","items":{"type":"object","required":["state","count","overdue","meanSeconds","longestSeconds"],"properties":{
        "state":{"type":"string"},"count":{"type":"integer","minimum":1},"overdue":{"type":"integer","minimum":0},
        "meanSeconds":{"type":"integer","minimum":0},"longestSeconds":{"type":"integer","minimum":0}}}},
      "verification":{"description":"null while a version that was just deployed is being proved","oneOf":[{"$ref":"#/components/schemas/Verification"},{"type":"null"}]}}})"},
    NamedSchema{"Verification",
                R"({"type":"object","required":["states","properties","violations","warnings"],"properties":{
      "states":{"type":"integer","minimum":0,"description":"abstract states explored"},
      "properties":{"type":"integer","minimum":0,"description":"tried, those violated included"},
      "violations":{"type":"array","items":{"$ref":"#/components/schemas/Violation"}},
      "warnings":{"type":"array","description":"keep nothing from running","items":{"$ref":"#/components/schemas/Violation"}}}})"},
    NamedSchema{"Violation",
                R"({"type":"object","required":["rule","message","advice","line","path"],"properties":{
      "rule":{"type":"string","description":"as docs/proofs.md lists them"},"message":{"type":"string"},"advice":{"type":"string"},
      "line":{"type":"integer","minimum":0},
      "path":{"type":["string","null"],"description":"the shortest way on which it happens"}}})"},
    NamedSchema{
        "Check",
        R"({"type":"object","required":["id","request","workflow","student","subjectCount","check","checkTitle","since","attempts","nextAt","underWay","lastOutcome","detail"],"properties":{
      "id":{"$ref":"#/components/schemas/Id"},"request":{"$ref":"#/components/schemas/Id"},"workflow":{"type":"object","required":["key","title","subject"],"properties":{"key":{"type":"string"},"title":{"type":"string"},"subject":{"$ref":"#/components/schemas/SubjectKind"}}},
      "student":{"type":"object","required":["id","name"],"properties":{"id":{"$ref":"#/components/schemas/Id"},"name":{"type":"string"}}},
      "subjectCount":{"type":"integer","minimum":1},
      "check":{"type":"string","description":"that is waited for"},"checkTitle":{"type":"string"},
      "since":{"$ref":"#/components/schemas/Instant"},"attempts":{"type":"integer","minimum":0},
      "nextAt":{"oneOf":[{"$ref":"#/components/schemas/Instant"},{"type":"null"}]},"underWay":{"type":"boolean"},
      "lastOutcome":{"enum":["clear","suspect","unavailable",null]},"detail":{"type":["string","null"]}}})"},
    NamedSchema{
        "UndecidableTask",
        R"({"type":"object","description":"nobody at the post can decide it","required":["task","request","workflow","state","office","role","since","why","standIn"],"properties":{
      "task":{"$ref":"#/components/schemas/Id"},"request":{"$ref":"#/components/schemas/Id"},"workflow":{"$ref":"#/components/schemas/Choice"},
      "state":{"$ref":"#/components/schemas/State"},"office":{"oneOf":[{"$ref":"#/components/schemas/Office"},{"type":"null"}]},"role":{"$ref":"#/components/schemas/Role"},
      "since":{"$ref":"#/components/schemas/Instant"},"why":{"type":"string"},
      "standIn":{"description":"who may decide it instead","oneOf":[{"$ref":"#/components/schemas/HolderPost"},{"type":"null"}]}}})"},
    NamedSchema{
        "ServerHealth",
        R"({"type":"object","required":["version","startedAt","uptimeSeconds","demo","ready","missing","pipeline","connections","websockets","database","checks"],"properties":{
      "version":{"type":"string"},"startedAt":{"$ref":"#/components/schemas/Instant"},"uptimeSeconds":{"type":"integer","minimum":0},
      "demo":{"type":"boolean"},"ready":{"type":"object","additionalProperties":{"type":"boolean"}},
      "missing":{"type":"array","description":"what the installation lacks and will need; it keeps nothing from running","items":{"type":"object","required":["rule","message","advice"],"properties":{
        "rule":{"enum":["calendar-not-found","year-without-holidays","uploads-refused"]},"message":{"type":"string"},"advice":{"type":"string"}}}},
      "pipeline":{"type":"object","required":["queued","batches","committed"],"properties":{
        "queued":{"type":"integer"},"batches":{"type":"integer"},"committed":{"type":"integer"}}},
      "connections":{"type":"integer"},"websockets":{"type":"integer"},
      "database":{"type":"object","required":["sizeBytes","schemaVersion"],"properties":{
        "sizeBytes":{"type":"integer"},"schemaVersion":{"type":"integer"}}},
      "checks":{"type":"object","required":["waiting","underWay","answered","unavailable"],"properties":{
        "waiting":{"type":"integer"},"underWay":{"type":"integer"},"answered":{"type":"integer"},"unavailable":{"type":"integer"}}}}})"},
};

}  // namespace

std::span<const NamedSchema> administration_schemas() { return administration_schema_table; }

}  // namespace xueji::web
