#include <array>

#include "web/description/openapi_schemas.hpp"

namespace xueji::web {
namespace {

constexpr std::array message_table{
    NamedSchema{"SignIn",
                R"({"type":"object","additionalProperties":false,"required":["username","password"],"properties":{
      "username":{"type":"string"},"password":{"type":"string"},"mode":{"enum":["cookie","token"],"default":"cookie"},
      "code":{"type":["string","null"],"description":"of the second factor, or a recovery code"}}})"},
    NamedSchema{
        "SecondFactorCode",
        R"({"type":"object","additionalProperties":false,"required":["code"],"properties":{"code":{"type":"string"}}})"},
    NamedSchema{"NewSecondFactor", R"({"type":"object","required":["secret","uri","recoveryCodes"],"properties":{
      "secret":{"type":"string","description":"base32"},"uri":{"type":"string"},
      "recoveryCodes":{"type":"array","items":{"type":"string"},"description":"each stands in for a code once"}}})"},
    NamedSchema{"PasswordChange",
                R"({"type":"object","additionalProperties":false,"required":["old","new"],"properties":{
      "old":{"type":"string"},"new":{"type":"string","minLength":8}}})"},
    NamedSchema{"NewDelegation",
                R"({"type":"object","additionalProperties":false,"required":["post","to","until"],"properties":{
      "post":{"$ref":"#/components/schemas/Id"},"to":{"type":"string"},"from":{"type":["string","null"],"format":"date-time"},"until":{"type":"string","format":"date-time"}}})"},
    NamedSchema{"EvidenceReference",
                R"({"type":"object","additionalProperties":false,"required":["kind","sha256"],"properties":{
      "kind":{"type":"string"},"sha256":{"$ref":"#/components/schemas/Sha256"}}})"},
    NamedSchema{
        "FieldValues",
        R"({"type":"object","additionalProperties":{"oneOf":[{"type":["string","null"]},{"type":"array","maxItems":200,
      "description":"of a field of type rows: what each row holds","items":{"type":"object","additionalProperties":{"type":["string","null"]}}}]}})"},
    NamedSchema{"NewRequest",
                R"({"type":"object","additionalProperties":false,"required":["workflow"],"properties":{
      "workflow":{"type":"string"},"student":{"type":"string","description":"an id, or a handle of POST /students/find"},
      "subjects":{"type":"array","minItems":1,"maxItems":5000,"description":"instead of `student` several, for a business about students; neither: the server chooses those of the caller's school for whom the business's condition holds","items":{"type":"object","additionalProperties":false,"required":["student"],"properties":{"student":{"$ref":"#/components/schemas/Id"},
        "fields":{"allOf":[{"$ref":"#/components/schemas/FieldValues"}],"description":"of the fields that are `each`"}}}},
      "fields":{"allOf":[{"$ref":"#/components/schemas/FieldValues"}],"description":"with `student` also those of the fields that are `each`"},
      "evidence":{"type":"array","items":{"$ref":"#/components/schemas/EvidenceReference"}},"comment":{"type":["string","null"]},"submit":{"type":"boolean","default":false}}})"},
    NamedSchema{"RequestChange", R"({"type":"object","additionalProperties":false,"properties":{
      "fields":{"$ref":"#/components/schemas/FieldValues"},"evidence":{"type":"array","items":{"$ref":"#/components/schemas/EvidenceReference"}},
      "subjects":{"type":"array","maxItems":5000,"description":"of the students that are named, the values of the fields that are `each`: all of one student at once; the others stay as they are","items":{"type":"object","additionalProperties":false,"required":["ordinal","fields"],"properties":{
        "ordinal":{"type":"integer","minimum":1},"fields":{"$ref":"#/components/schemas/FieldValues"}}}}}})"},
    NamedSchema{"Act", R"({"type":"object","additionalProperties":false,"properties":{
      "comment":{"type":["string","null"]},"fields":{"$ref":"#/components/schemas/FieldValues"},
      "evidence":{"type":"array","items":{"$ref":"#/components/schemas/EvidenceReference"}},
      "to":{"type":["string","null"],"description":"for a return the state, for reassign the user name"},
      "task":{"type":["string","null"],"description":"which task is meant, where branches run at the same time and several would do"},
      "undoable":{"type":"boolean","description":"true: it is pending for some seconds, in which it can be undone, then decided anew and done"}}})"},
    NamedSchema{"SetAside", R"({"type":"object","additionalProperties":false,"required":["reason"],"properties":{
      "reason":{"type":"string","minLength":1,"maxLength":2000}}})"},
    NamedSchema{
        "Undoable",
        R"({"type":"object","required":["undoUntil"],"properties":{"undoUntil":{"$ref":"#/components/schemas/Instant"}}})"},
    NamedSchema{"BulkAct", R"({"type":"object","additionalProperties":false,"required":["action","items"],"properties":{
      "action":{"type":"string"},"comment":{"type":["string","null"]},"undoable":{"type":"boolean"},
      "items":{"type":"array","minItems":1,"maxItems":100,"items":{"type":"object","additionalProperties":false,"required":["task","version"],"properties":{
        "task":{"$ref":"#/components/schemas/Id"},"version":{"type":"integer","minimum":1}}}}}})"},
    NamedSchema{"BulkResults",
                R"({"type":"object","required":["results"],"properties":{"results":{"type":"array","items":{
      "type":"object","required":["task","status"],"properties":{"task":{"type":"string"},"status":{"type":"integer"},"undoUntil":{"$ref":"#/components/schemas/Instant"},
        "request":{"$ref":"#/components/schemas/Request"},"problem":{"$ref":"#/components/schemas/Problem"}}}}}})"},
    NamedSchema{"StudentSearch", R"({"type":"object","additionalProperties":false,"properties":{
      "name":{"type":"string","description":"any part of a name, its pinyin or initials; rare characters by common ones"},
      "q":{"type":"string","description":"the same, or the last four to six digits of a number, or a whole one; not with `name`"},
      "number":{"type":"string","description":"a student number, current or former"},"idNumber":{"type":"string"},
      "school":{"$ref":"#/components/schemas/Id"},
      "status":{"enum":["in_school","suspended","abroad","left","dropped_out","withdrawn","expelled","missing","graduated","completed","attended","deceased","merged"]},
      "class":{"type":"string"},"statusUntilBefore":{"$ref":"#/components/schemas/Date"},
      "count":{"type":"boolean"},"cursor":{"type":"string"},"limit":{"type":"integer","minimum":1,"maximum":200,"description":"50 unless given"}}})"},
    NamedSchema{"StudentFind",
                R"({"type":"object","additionalProperties":false,"required":["number","name","birthDate"],"properties":{
      "number":{"type":"string","description":"a student number, present or former, or an ID number"},
      "name":{"type":"string"},"birthDate":{"$ref":"#/components/schemas/Date"}}})"},
    NamedSchema{"FoundStudent",
                R"({"type":"object","required":["handle","name","school","status","openBusiness"],"properties":{
      "handle":{"type":"string","description":"names the student for an hour, to whoever was given it"},"name":{"type":"string"},
      "school":{"$ref":"#/components/schemas/School"},
      "status":{"enum":["in_school","suspended","abroad","left","dropped_out","withdrawn","expelled","missing","graduated","completed","attended","deceased","merged"]},
      "openBusiness":{"type":"boolean","description":"whether an open request keeps others away"}}})"},
    NamedSchema{"RequestSearch", R"({"type":"object","additionalProperties":false,"properties":{
      "q":{"type":"string","description":"what finds the student, as in StudentSearch"},
      "workflow":{"type":"string"},"state":{"type":"string"},"outcome":{"enum":["completed","rejected","withdrawn","cancelled","expired"]},
      "open":{"type":"boolean"},"student":{"$ref":"#/components/schemas/Id"},"school":{"$ref":"#/components/schemas/Id"},"mine":{"type":"boolean"},
      "count":{"type":"boolean"},"cursor":{"type":"string"},"limit":{"type":"integer","minimum":1,"maximum":200,"description":"50 unless given"}}})"},
    NamedSchema{"TaskSearch", R"({"type":"object","additionalProperties":false,"properties":{
      "q":{"type":"string","description":"what finds the student, as in StudentSearch"},
      "post":{"$ref":"#/components/schemas/Id"},"workflow":{"type":"string"},"state":{"type":"string"},"overdue":{"type":"boolean"},
      "sort":{"enum":["since","-since","due","-due"],"description":"oldest first unless given"},
      "count":{"type":"boolean"},"cursor":{"type":"string"},"limit":{"type":"integer","minimum":1,"maximum":200,"description":"50 unless given"}}})"},
    NamedSchema{"PasswordAgain", R"({"type":"object","additionalProperties":false,"properties":{
      "password":{"type":"string","minLength":1,"maxLength":256,"description":"one's own, once more; may be left out within five minutes of signing in"}}})"},
    NamedSchema{"Nothing", R"({"type":"object","additionalProperties":false})"},
    NamedSchema{"ReadNotifications", R"({"type":"object","additionalProperties":false,"properties":{
      "ids":{"type":"array","maxItems":1000,"items":{"$ref":"#/components/schemas/Id"}},"through":{"$ref":"#/components/schemas/Id"}}})"},
    NamedSchema{"NewPost", R"({"type":"object","additionalProperties":false,"required":["office","role"],"properties":{
      "office":{"$ref":"#/components/schemas/Id"},"role":{"enum":["registrar","head","reviewer","approver","admin"]},
      "from":{"type":["string","null"],"format":"date-time"},"until":{"type":["string","null"],"format":"date-time"}}})"},
    NamedSchema{
        "NewAccount",
        R"({"type":"object","additionalProperties":false,"required":["username","name","password","posts"],"properties":{
      "username":{"type":"string","pattern":"^[a-z0-9._-]{1,64}$"},"name":{"type":"string","minLength":1,"maxLength":50},"password":{"type":"string","minLength":8},
      "locale":{"enum":["zh","en"],"default":"zh"},"posts":{"type":"array","minItems":1,"maxItems":20,"items":{"$ref":"#/components/schemas/NewPost"}}}})"},
    NamedSchema{"AccountChange",
                R"({"type":"object","additionalProperties":false,"properties":{
      "disabled":{"type":"boolean"},"sealed":{"enum":[false],"description":"lets somebody sign in again who has not for too long"}}})"},
    NamedSchema{
        "Upload",
        R"({"type":"object","required":["sha256","mediaType","size","filename","width","height","pages","warnings"],"properties":{
      "sha256":{"$ref":"#/components/schemas/Sha256"},"mediaType":{"enum":["image/jpeg","image/png","application/pdf"]},"size":{"type":"integer","minimum":1},"filename":{"type":"string"},
      "width":{"type":"integer","minimum":0,"description":"in pixels as it is shown, upright; of a PDF its first page in points"},"height":{"type":"integer","minimum":0},"pages":{"type":"integer","minimum":1},
      "warnings":{"type":"array","items":{"type":"object","required":["code","page","message"],"properties":{
        "code":{"enum":["small","blurred","missing-fonts"]},"page":{"type":["integer","null"],"description":"the first of which it holds"},"message":{"type":"string"}}}}}})"},
    NamedSchema{"PageOfScan", R"({"type":"string","description":"JPEG"})"},
    NamedSchema{"Scan", R"({"type":"string","description":"the bytes of a JPEG, PNG or PDF"})"},
    NamedSchema{"Workbook", R"({"type":"string","contentEncoding":"binary"})"},
    NamedSchema{"Csv", R"({"type":"string"})"},
    NamedSchema{"Picture", R"({"type":"string","description":"SVG"})"},
    NamedSchema{"PlainText", R"({"type":"string"})"},
    NamedSchema{"AnyObject", R"({"type":"object"})"},
    NamedSchema{
        "ExplainOrList",
        R"({"oneOf":[{"$ref":"#/components/schemas/Explain"},{"type":"object","required":["items","next"],"properties":{
      "items":{"type":"array","items":{"$ref":"#/components/schemas/Explain"}},"next":{"type":["string","null"]}}}]})"},
    NamedSchema{"Statistics", R"({"type":"object","required":["items","next","checks"],"properties":{
      "items":{"type":"array","items":{"type":"object","required":["workflow","state","ended","count","overdue"],"properties":{
        "workflow":{"$ref":"#/components/schemas/Choice"},"state":{"$ref":"#/components/schemas/Choice"},"ended":{"type":"boolean"},
        "count":{"type":"integer","minimum":0},"overdue":{"type":"integer","minimum":0}}}},
      "next":{"type":["string","null"]},"checks":{"type":"object","required":["waiting","underWay","answered","unavailable"],"properties":{
        "waiting":{"type":"integer"},"underWay":{"type":"integer"},"answered":{"type":"integer"},"unavailable":{"type":"integer"}}}}})"},
    NamedSchema{"Demo", R"({"type":"object","required":["accounts","examples"],"properties":{
      "accounts":{"type":"array","items":{"type":"object","required":["username","office","role"],"properties":{
        "username":{"type":"string"},"name":{"type":"string"},"office":{"$ref":"#/components/schemas/Office"},"role":{"$ref":"#/components/schemas/Role"}}}},
      "examples":{"type":"array","items":{"type":"object","required":["title","workflow","outcome","way","then"],"properties":{
        "title":{"type":"string"},"workflow":{"type":"string"},"account":{"type":"string","description":"who opens it"},
        "request":{"allOf":[{"$ref":"#/components/schemas/Id"}],"description":"already open, by the system: instead of `account`, `student`, `find`, `fields` and `evidence`"},
        "student":{"$ref":"#/components/schemas/Id"},"find":{"allOf":[{"$ref":"#/components/schemas/StudentFind"}],"description":"instead of `student` where the pupil is another school's"},
        "fields":{"type":"object","additionalProperties":{"type":"string"}},
        "evidence":{"type":"object","description":"files of each kind","additionalProperties":{"type":"integer","minimum":1}},
        "outcome":{"enum":["clear","suspect",null],"description":"what the checks find; null where opening or an act is refused"},"cause":{"type":"string"},
        "refused":{"type":"string","description":"the problem with which opening is refused"},
        "way":{"type":"array","description":"what people do once it is opened with `submit: true`, or to `request` as it stands, in order, each after the checks have answered; empty where opening is refused",
          "items":{"type":"object","required":["account","action"],"additionalProperties":false,"properties":{
            "account":{"type":"string"},"action":{"type":"string"},"comment":{"type":"string"},"to":{"type":"string"},
            "fields":{"type":"object","additionalProperties":{"type":"string"}},
            "evidence":{"type":"object","additionalProperties":{"type":"integer","minimum":1}},
            "refused":{"type":"string","description":"the problem with which the act is refused"}}}},
        "then":{"type":"object","required":["outcome"],"additionalProperties":false,"properties":{
          "outcome":{"oneOf":[{"type":"null","description":"opening or an act was refused"},{"$ref":"#/components/schemas/Outcome"}]},
          "student":{"type":"object","description":"members of the student afterwards","additionalProperties":true}}}}}}}})"},
    NamedSchema{"About", R"({"type":"object","required":["name","version","demo"],"properties":{
      "name":{"const":"xueji"},"version":{"type":"string"},"demo":{"type":"boolean"}}})"},
    NamedSchema{"Health", R"({"type":"object","required":["status"],"properties":{"status":{"enum":["ok"]}}})"},
    NamedSchema{
        "Readiness",
        R"({"type":"object","required":["status","checks"],"properties":{"status":{"enum":["ready","not_ready"]},
      "checks":{"type":"object","additionalProperties":{"type":"boolean"}}}})"},
};

}  // namespace

std::span<const NamedSchema> message_schemas() { return message_table; }

}  // namespace xueji::web
