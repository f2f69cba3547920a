#include <array>

#include "web/description/openapi_schemas.hpp"

namespace xueji::web {
namespace {

constexpr std::array answer_table{
    NamedSchema{"Id", R"({"type":"string","pattern":"^[1-9][0-9]{0,18}$"})"},
    NamedSchema{"Instant", R"({"type":"string","format":"date-time","pattern":"Z$"})"},
    NamedSchema{"Date", R"({"type":"string","format":"date"})"},
    NamedSchema{"Sha256", R"({"type":"string","pattern":"^[0-9a-f]{64}$"})"},
    NamedSchema{"Role", R"({"enum":["registrar","head","reviewer","approver","admin","system"]})"},
    NamedSchema{"Outcome", R"({"enum":["completed","rejected","withdrawn","cancelled","expired"]})"},
    NamedSchema{"Stage", R"({"enum":["primary","junior","senior","special"]})"},
    NamedSchema{"Office",
                R"({"type":"object","required":["id","name","level","supervisor","stages","system"],"properties":{
      "id":{"$ref":"#/components/schemas/Id"},"name":{"type":"string"},
      "level":{"enum":["ministry","province","prefecture","county","township","school"]},
      "supervisor":{"oneOf":[{"$ref":"#/components/schemas/Id"},{"type":"null"}]},"code":{"type":"string"},
      "stages":{"type":"array","items":{"$ref":"#/components/schemas/Stage"},"description":"that a school teaches; none for an authority, or where they are not known"},
      "system":{"oneOf":[{"enum":["6-3","5-4"]},{"type":"null"}],"description":"the years of primary and junior high at a school"},
      "below":{"type":"integer","description":"how many offices it supervises itself; where offices are listed"}}})"},
    NamedSchema{"Post", R"({"type":"object","required":["id","office","role"],"properties":{
      "id":{"$ref":"#/components/schemas/Id"},"office":{"$ref":"#/components/schemas/Office"},"role":{"$ref":"#/components/schemas/Role"},
      "delegatedFrom":{"type":"string"},"from":{"$ref":"#/components/schemas/Instant"},"until":{"$ref":"#/components/schemas/Instant"}}})"},
    NamedSchema{"NamedSchool", R"({"type":"object","required":["id","name","code","authority"],"properties":{
      "id":{"$ref":"#/components/schemas/Id"},"name":{"type":"string"},"code":{"type":"string"},
      "authority":{"type":["string","null"],"description":"name of the authority that the school belongs to"}}})"},
    NamedSchema{"PlaceWord", R"({"type":"object","required":["key","title","field"],"properties":{
      "key":{"type":"string"},"title":{"type":"string"},
      "field":{"type":["string","null"],"description":"key of the field that names the school; null for the student's school and the initiator's office"}}})"},
    NamedSchema{"Account", R"({"type":"object","required":["id","username","name","locale","posts"],"properties":{
      "id":{"$ref":"#/components/schemas/Id"},"username":{"type":"string"},"name":{"type":"string"},"locale":{"enum":["zh","en"]},
      "posts":{"type":"array","items":{"$ref":"#/components/schemas/Post"}},"disabled":{"type":"boolean"},"sealed":{"type":"boolean","description":"nobody has signed in to it for too long"},
      "warnings":{"type":"array","items":{"$ref":"#/components/schemas/NameWarning"},"description":"where the name was given"},
      "passwordChangeRequired":{"type":"boolean","description":"of one's own: nothing else is answered until then"},
      "proposed":{"type":"array","description":"posts that another administrator must confirm first; for administrators","items":{"$ref":"#/components/schemas/Proposal"}}}})"},
    NamedSchema{"SignedIn",
                R"({"allOf":[{"$ref":"#/components/schemas/Account"}],"properties":{"token":{"type":"string"}}})"},
    NamedSchema{"Delegation", R"({"type":"object","required":["to","toName","post","until"],"properties":{
      "to":{"type":"string"},"toName":{"type":"string"},"post":{"$ref":"#/components/schemas/Post"},
      "from":{"$ref":"#/components/schemas/Instant"},"until":{"$ref":"#/components/schemas/Instant"}}})"},
    NamedSchema{"Colleague", R"({"type":"object","required":["username","name","posts"],"properties":{
      "username":{"type":"string"},"name":{"type":"string"},"posts":{"type":"array","minItems":1,"items":{"$ref":"#/components/schemas/Post"}}}})"},
    NamedSchema{
        "School",
        R"({"type":"object","required":["id","name"],"properties":{"id":{"$ref":"#/components/schemas/Id"},"name":{"type":"string"}}})"},
    NamedSchema{"HolderPost", R"({"type":"object","required":["office","role"],"properties":{
      "office":{"oneOf":[{"$ref":"#/components/schemas/Office"},{"type":"null"}]},"role":{"$ref":"#/components/schemas/Role"}}})"},
    NamedSchema{
        "Holder",
        R"({"type":"object","required":["office","role","since","due","dueInWorkingDays","claimedBy","claimedByName","task","state"],"properties":{
      "office":{"oneOf":[{"$ref":"#/components/schemas/Office"},{"type":"null"}]},"role":{"$ref":"#/components/schemas/Role"},
      "since":{"$ref":"#/components/schemas/Instant"},"due":{"oneOf":[{"$ref":"#/components/schemas/Instant"},{"type":"null"}]},
      "dueInWorkingDays":{"$ref":"#/components/schemas/DueInWorkingDays"},"claimedBy":{"type":["string","null"]},"claimedByName":{"type":["string","null"]},
      "task":{"$ref":"#/components/schemas/Id"},"state":{"type":"string","description":"key of the state in which they hold it"}}})"},
    NamedSchema{
        "DueInWorkingDays",
        R"({"type":["integer","null"],"description":"0: due today; 1: on the next working day; -1: overdue, up to the end of the first working day after; null where there is no deadline"})"},
    NamedSchema{"StudentNumber", R"({"type":"object","required":["number","kind","state","since"],"properties":{
      "number":{"type":"string","pattern":"^[GLJ][0-9]{6}([0-9]{11}[0-9X]|[*]{12})$","description":"in lists the first six digits alone"},"kind":{"enum":["G","L","J"]},
      "state":{"enum":["current","former","retired"]},"since":{"$ref":"#/components/schemas/Instant"}}})"},
    NamedSchema{
        "Student",
        R"({"type":"object","required":["id","name","idNumber","sex","birthDate","status","statusUntil","grade","stage","graduating","class","school","numbers","openRequest","mergedInto","wrongData","version"],"properties":{
      "id":{"$ref":"#/components/schemas/Id"},"name":{"type":"string"},"idNumber":{"type":["string","null"],"description":"masked in lists"},
      "sex":{"enum":["male","female"]},"birthDate":{"oneOf":[{"$ref":"#/components/schemas/Date"},{"type":"null"}],"description":"null in lists"},
      "status":{"enum":["in_school","suspended","abroad","left","dropped_out","withdrawn","expelled","missing","graduated","completed","attended","deceased","merged"]},
      "statusUntil":{"oneOf":[{"$ref":"#/components/schemas/Date"},{"type":"null"}],"description":"when a suspension's term ends; null where there is none, and in a request of another school"},
      "grade":{"type":"string"},
      "stage":{"oneOf":[{"$ref":"#/components/schemas/Stage"},{"type":"null"}],"description":"of the grade, by the school's system; null where the grade is none of 1 to 12"},
      "graduating":{"type":"boolean","description":"whether it is the last grade of its stage"},
      "class":{"type":["string","null"],"description":"null in a request of another school"},"school":{"$ref":"#/components/schemas/School"},
      "numbers":{"type":"array","items":{"$ref":"#/components/schemas/StudentNumber"}},
      "openRequest":{"oneOf":[{"type":"null"},{"type":"object","required":["id","workflow","holders"],"properties":{
        "id":{"$ref":"#/components/schemas/Id"},"workflow":{"type":"string"},"holders":{"type":"array","items":{"$ref":"#/components/schemas/Holder"}}}}]},
      "mergedInto":{"description":"of a merged record the one that goes on; `id` is null where the caller does not see it","oneOf":[{"type":"null"},{"type":"object","required":["id","name"],"properties":{
        "id":{"oneOf":[{"$ref":"#/components/schemas/Id"},{"type":"null"}]},"name":{"type":"string"}}}]},
      "wrongData":{"type":["string","null"],"description":"what cannot be in the record, for people; null where nothing is wrong, and in a request of another school"},
      "version":{"type":"integer","minimum":1}}})"},
    NamedSchema{
        "Choice",
        R"({"type":"object","required":["key","title"],"properties":{"key":{"type":"string"},"title":{"type":"string"}}})"},
    NamedSchema{"Words", R"({"type":"array","items":{"$ref":"#/components/schemas/Choice"}})"},
    NamedSchema{
        "Vocabulary",
        R"({"type":"object","required":["statuses","sexes","grades","kinds","numberStates","members","levels","stages","roles","outcomes","actions","checks"],"additionalProperties":false,"properties":{
      "statuses":{"$ref":"#/components/schemas/Words"},"sexes":{"$ref":"#/components/schemas/Words"},"grades":{"$ref":"#/components/schemas/Words"},
      "kinds":{"allOf":[{"$ref":"#/components/schemas/Words"}],"description":"of student numbers"},"numberStates":{"$ref":"#/components/schemas/Words"},
      "members":{"allOf":[{"$ref":"#/components/schemas/Words"}],"description":"of a student's record, as changes name them"},
      "levels":{"$ref":"#/components/schemas/Words"},"stages":{"$ref":"#/components/schemas/Words"},"roles":{"$ref":"#/components/schemas/Words"},"outcomes":{"$ref":"#/components/schemas/Words"},
      "actions":{"allOf":[{"$ref":"#/components/schemas/Words"}],"description":"those that need no title in a definition, and those that no definition writes"},
      "checks":{"$ref":"#/components/schemas/Words"}}})"},
    NamedSchema{"Field", R"({"type":"object","required":["key","type","title","required"],"properties":{
      "key":{"type":"string"},"type":{"enum":["person_name","id_number","student_number","text","date","choice","office","school","grade","status","subject","rows"],"description":"`subject`: one of the two of a pair, by its ordinal; `rows`: a group of fields that is repeated"},
      "title":{"type":"string"},"required":{"type":"boolean"},"max":{"type":"integer"},"changes":{"type":"string"},
      "each":{"type":"boolean","description":"true: each student of a batch has a value of their own, and the form has none"},
      "choices":{"type":"array","items":{"$ref":"#/components/schemas/Choice"}},"help":{"type":"string"},
      "atMost":{"type":"integer","description":"of type rows: how many there may be"},
      "rows":{"type":"array","items":{"$ref":"#/components/schemas/Field"},"description":"of type rows: what each is filled in with"},
      "offers":{"type":"array","description":"of type rows: a row offers the first of these whose condition holds","items":{"type":"object","required":["workflow"],"properties":{
        "workflow":{"type":"string"},"when":{"type":"string"}}}}}})"},
    NamedSchema{"Row", R"({"type":"object","additionalProperties":{"type":"string"}})"},
    NamedSchema{"ShownValues", R"({"type":"object","additionalProperties":{"oneOf":[{"type":"string"},
      {"type":"array","items":{"$ref":"#/components/schemas/Row"},"description":"of a field of type rows"}]}})"},
    NamedSchema{
        "EvidenceKind",
        R"({"type":"object","required":["kind","title","required","min","max","mediaTypes","maxBytes"],"properties":{
      "kind":{"type":"string"},"title":{"type":"string"},"required":{"type":"boolean"},"min":{"type":"integer","minimum":0},"max":{"type":"integer","minimum":1},
      "mediaTypes":{"type":"array","items":{"type":"string"}},"maxBytes":{"type":"integer","minimum":1}}})"},
    NamedSchema{"State", R"({"type":"object","required":["key","title","kind"],"properties":{
      "key":{"type":"string"},"title":{"type":"string"},"kind":{"enum":["draft","approval","registration","work","notice","choice","check","wait","request","parallel","end"]},
      "parallel":{"type":"string","description":"key of the parallel state in whose branch it lies"},"branch":{"type":"string","description":"key of that branch"},
      "branches":{"type":"array","items":{"$ref":"#/components/schemas/Choice"},"description":"of a parallel state"},"join":{"type":"integer","minimum":1,"description":"how many of its branches must join"},
      "ways":{"type":"array","minItems":2,"items":{"type":"object","required":["to"],"properties":{"when":{"type":"string","description":"its condition, in the language of definitions; the last has none"},"to":{"type":"string"}}},"description":"of a choice, in the order in which they are tried: the request goes the first whose condition holds"},
      "by":{"type":"string"},"byTitle":{"type":"string","description":"`by` in words"},"workingDays":{"type":"integer"},
      "oneByOne":{"type":"boolean","description":"of a workflow's state in which people decide: whether it is refused in bulk"},
      "checks":{"type":"array","items":{"type":"string"},"description":"names of the checks that are asked"},"outcome":{"$ref":"#/components/schemas/Outcome"},
      "holder":{"oneOf":[{"$ref":"#/components/schemas/HolderPost"},{"type":"null"}],"description":"with `student`, in every state but an end or a choice: who would hold it"}}})"},
    NamedSchema{"WorkflowAction", R"({"type":"object","required":["key","title","state","to","comment"],"properties":{
      "key":{"type":"string"},"title":{"type":"string"},"state":{"type":"string"},"to":{"type":"string","description":"a state; `join` or `stop` ends the branch"},
      "comment":{"enum":["required","optional","none"]},"by":{"type":"string"},"byTitle":{"type":"string"}}})"},
    NamedSchema{
        "SubjectKind",
        R"({"enum":["student","students","pair"],"description":"whom a request is about: one student, a batch of the opener's school, or two records that may be one student's"})"},
    NamedSchema{
        "Workflow",
        R"({"type":"object","required":["key","variant","version","sha256","title","description","source","retired","subject","atMost","chooses","places","opensOn","lock","oncePer","open","fields","evidence","states","path","actions"],"properties":{
      "key":{"type":"string"},"variant":{"type":"string","description":"the province's; empty for the national file"},"version":{"type":"integer","minimum":1},"sha256":{"$ref":"#/components/schemas/Sha256"},"title":{"type":"string"},"description":{"type":"string"},
      "source":{"type":"string","description":"the rule that it comes from"},
      "retired":{"type":"boolean","description":"nobody may begin one any more; what began before goes on"},
      "subject":{"$ref":"#/components/schemas/SubjectKind"},"atMost":{"type":"integer","minimum":1,"description":"so many students"},
      "chooses":{"type":"boolean","description":"of a batch: whether the server chooses the students where a request names nobody, by what the form is filled in with"},
      "places":{"type":"array","items":{"$ref":"#/components/schemas/PlaceWord"},"description":"the words for the offices that take part, where it names them"},
      "opensOn":{"oneOf":[{"type":"null"},{"type":"array","minItems":1,"items":{"$ref":"#/components/schemas/Choice"}}],"description":"where the system opens it, and nobody else: members of the record that two come to have alike"},
      "lock":{"enum":["by opener","none","from opening","from submission","when free"],"description":"from when on a request keeps its student from other business: `by opener` from its opening, another school's from its submission; `when free` of a pair those whom nothing else locks"},
      "oncePer":{"type":"array","items":{"$ref":"#/components/schemas/Choice"},"description":"what it is done once for: two requests that are alike in all of these may not both stand; empty where there may be any number"},
      "open":{"type":"object","required":["now"],"properties":{"now":{"type":"boolean"},"from":{"$ref":"#/components/schemas/Instant"},
        "until":{"$ref":"#/components/schemas/Instant"},"reason":{"type":"string"},"explain":{"$ref":"#/components/schemas/Explain"}}},
      "fields":{"type":"array","items":{"$ref":"#/components/schemas/Field"}},"evidence":{"type":"array","items":{"$ref":"#/components/schemas/EvidenceKind"}},
      "states":{"type":"array","items":{"$ref":"#/components/schemas/State"}},
      "path":{"type":"array","minItems":1,"items":{"type":"string"},"description":"keys of the states of the main way: what happens when nobody objects; choices are left out, and of a request it goes where they would lead it"},"actions":{"type":"array","items":{"$ref":"#/components/schemas/WorkflowAction"}}}})"},
    NamedSchema{"WorkflowName",
                R"({"type":"object","required":["key","variant","version","sha256","title","subject"],"properties":{
      "key":{"type":"string"},"variant":{"type":"string","description":"empty for the national file"},"version":{"type":"integer","minimum":1},"sha256":{"$ref":"#/components/schemas/Sha256"},"title":{"type":"string"},"subject":{"$ref":"#/components/schemas/SubjectKind"}}})"},
    NamedSchema{"Change", R"({"type":"object","required":["field","title","old","new"],"properties":{
      "field":{"type":"string"},"title":{"type":"string"},"old":{"type":"string"},"new":{"type":"string"}}})"},
    NamedSchema{"Evidence",
                R"({"type":"object","required":["sha256","kind","filename","mediaType","size"],"properties":{
      "sha256":{"$ref":"#/components/schemas/Sha256"},"kind":{"type":"string"},"filename":{"type":"string"},"mediaType":{"type":"string"},"size":{"type":"integer","minimum":1}}})"},
    NamedSchema{"Finding", R"({"type":"object","required":["check","checkTitle","outcome","at","detail"],"properties":{
      "check":{"type":"string"},"checkTitle":{"type":"string"},"outcome":{"enum":["clear","suspect","unavailable"]},"at":{"$ref":"#/components/schemas/Instant"},
      "detail":{"type":"string"},"code":{"type":"string"}}})"},
    NamedSchema{"Action", R"({"type":"object","required":["key","title","allowed","comment"],"properties":{
      "key":{"type":"string"},"title":{"type":"string"},"allowed":{"type":"boolean"},"comment":{"enum":["required","optional","none"]},
      "to":{"type":"array","items":{"type":"string"}},"explain":{"$ref":"#/components/schemas/Explain"},
      "state":{"type":"string","description":"in a parallel state: the branch's state in which it would be done"},"task":{"type":["string","null"],"description":"in a parallel state: the task to name"},
      "as":{"allOf":[{"$ref":"#/components/schemas/HolderPost"}],"description":"where it is allowed: the post under which the caller would act"}}})"},
    NamedSchema{
        "Pending",
        R"({"type":"object","description":"an act that is not done yet, and can be undone by whoever did it","required":["action","actionTitle","by","byName","undoUntil"],"properties":{
      "action":{"type":"string"},"actionTitle":{"type":"string"},"by":{"type":"string"},"byName":{"type":"string"},"undoUntil":{"$ref":"#/components/schemas/Instant"}}})"},
    NamedSchema{"Step", R"({"type":"object","required":["key","title","kind","holder","position"],"properties":{
      "key":{"type":"string"},"title":{"type":"string"},"kind":{"enum":["draft","approval","registration","work","notice","check","wait","request","parallel","end"]},
      "holder":{"oneOf":[{"$ref":"#/components/schemas/HolderPost"},{"type":"null"}]},"workingDays":{"type":"integer","minimum":1},
      "position":{"enum":["done","current","ahead","aside"]}}})"},
    NamedSchema{"BranchOfRequest",
                R"({"type":"object","required":["key","title","state","ended","since"],"properties":{
      "key":{"type":"string"},"title":{"type":"string"},"state":{"oneOf":[{"$ref":"#/components/schemas/State"},{"type":"null"}]},
      "ended":{"enum":["join","stop",null]},"since":{"$ref":"#/components/schemas/Instant"}}})"},
    NamedSchema{"Subject", R"({"type":"object","required":["ordinal","register","id"],"properties":{
      "ordinal":{"type":"integer","minimum":1},"register":{"enum":["student"]},"id":{"oneOf":[{"$ref":"#/components/schemas/Id"},{"type":"null"}],"description":"null where the caller does not see the record itself"},
      "student":{"allOf":[{"$ref":"#/components/schemas/Student"}],"description":"as it is now, numbers as in lists, but of a pair as the request shows them; of its business only this request. Not in a request about one student"},
      "fields":{"type":"object","additionalProperties":{"type":"string"},"description":"what is filled in for this one; only where the business has fields that are `each`"},
      "setAside":{"type":"object","description":"why it is no part of the request any more","required":["by","byName","at","reason"],"properties":{
        "by":{"type":"string","description":"a user name, or `system`"},"byName":{"type":"string"},"at":{"$ref":"#/components/schemas/Instant"},"reason":{"type":"string"}}},
      "outcome":{"allOf":[{"$ref":"#/components/schemas/Outcome"}],"description":"of one that takes part, once the end was carried out on it"}}})"},
    NamedSchema{
        "Request",
        R"({"type":"object","required":["id","workflow","state","outcome","version","student","subjects","subjectCount","places","fields","changes","evidence","openedBy","openedFrom","openedAs","openedAt","holders","findings","pending","actions"],"properties":{
      "id":{"$ref":"#/components/schemas/Id"},"workflow":{"$ref":"#/components/schemas/WorkflowName"},"state":{"$ref":"#/components/schemas/State"},
      "branches":{"type":"array","items":{"$ref":"#/components/schemas/BranchOfRequest"},"description":"only in a parallel state: where each branch stands"},
      "awaits":{"type":"object","required":["workflow"],"description":"only while it waits for another request; its id and state where the caller may see it","properties":{"id":{"$ref":"#/components/schemas/Id"},"workflow":{"$ref":"#/components/schemas/WorkflowName"},"state":{"$ref":"#/components/schemas/State"}}},
      "outcome":{"oneOf":[{"$ref":"#/components/schemas/Outcome"},{"type":"null"}]},"version":{"type":"integer","minimum":1},
      "student":{"oneOf":[{"$ref":"#/components/schemas/Student"},{"type":"null"}],"description":"once it has ended as it stood then; to offices of another school numbers are masked; null where it is about several"},
      "subjects":{"type":"array","maxItems":20,"items":{"$ref":"#/components/schemas/Subject"},"description":"what it is about, the first 20"},
      "subjectCount":{"type":"integer","minimum":1},
      "setAsideCount":{"type":"integer","minimum":0,"description":"of several students"},
      "applying":{"type":["object","null"],"required":["done","of"],"properties":{"done":{"type":"integer","minimum":0},"of":{"type":"integer","minimum":1}},"description":"of several students, while the end is carried out on one after the other"},
      "mayBeSetAside":{"type":"boolean","description":"of several students: whether the caller may set one aside"},
      "places":{"type":"object","additionalProperties":{"$ref":"#/components/schemas/Office"},"description":"the offices that take part, by the words of the business; one that a field names only once the form was submitted"},
      "fields":{"$ref":"#/components/schemas/ShownValues"},
      "offers":{"type":"array","description":"the businesses that rows offer to the reader, who has the post that begins them, by field and position; only where the business has such rows","items":{"type":"object","required":["field","row","workflow"],"properties":{
        "field":{"type":"string"},"row":{"type":"integer","minimum":0},"workflow":{"type":"string"}}}},
      "changes":{"type":"array","items":{"$ref":"#/components/schemas/Change"}},"evidence":{"type":"array","items":{"$ref":"#/components/schemas/Evidence"}},
      "submissions":{"type":"integer","minimum":0,"description":"how many there were"},
      "warnings":{"type":"array","items":{"$ref":"#/components/schemas/NameWarning"},"description":"not in lists"},
      "openedBy":{"type":"string"},"openedByName":{"type":"string"},
      "openedFrom":{"type":["object","null"],"description":"null to whoever does not see that request","required":["id","workflow"],"properties":{"id":{"$ref":"#/components/schemas/Id"},"workflow":{"type":"string"},"waits":{"const":true,"description":"as long as that request waits for this one"}}},"openedAs":{"$ref":"#/components/schemas/HolderPost"},"openedAt":{"$ref":"#/components/schemas/Instant"},
      "holders":{"type":"array","items":{"$ref":"#/components/schemas/Holder"}},"findings":{"type":"array","items":{"$ref":"#/components/schemas/Finding"}},
      "pending":{"oneOf":[{"$ref":"#/components/schemas/Pending"},{"type":"null"}]},
      "partEnded":{"type":"object","required":["at"],"description":"to whoever was named by the form and is so no more, or stands above: all of this is as of then","properties":{"at":{"$ref":"#/components/schemas/Instant"}}},
      "actions":{"type":"array","items":{"$ref":"#/components/schemas/Action"}},
      "steps":{"type":"array","items":{"$ref":"#/components/schemas/Step"},"description":"not in lists"}}})"},
    NamedSchema{
        "HistoryEntry",
        R"({"type":"object","required":["id","request","at","effectiveAt","by","post","action","actionTitle","from","fromTitle","to","toTitle","comment","changes","hash","previousHash"],"properties":{
      "id":{"$ref":"#/components/schemas/Id"},"request":{"$ref":"#/components/schemas/Id"},"student":{"$ref":"#/components/schemas/Id"},"workflow":{"type":"string"},
      "subject":{"type":"object","required":["id","name"],"properties":{"id":{"$ref":"#/components/schemas/Id"},"name":{"type":"string"},"ordinal":{"type":"integer","minimum":1,"description":"of a pair"}},"description":"in the history of a request about several students: the one that the entry is about"},
      "at":{"$ref":"#/components/schemas/Instant"},"effectiveAt":{"$ref":"#/components/schemas/Instant"},"by":{"type":"string","description":"a user name, or `system`"},"byName":{"type":"string"},
      "post":{"oneOf":[{"$ref":"#/components/schemas/HolderPost"},{"type":"null"}]},"delegatedFrom":{"type":"string","description":"user name of who lent the post"},"action":{"type":"string"},"actionTitle":{"type":"string"},
      "from":{"type":["string","null"]},"fromTitle":{"type":["string","null"]},"to":{"type":["string","null"]},"toTitle":{"type":["string","null"]},
      "comment":{"type":"string"},"changes":{"type":"array","items":{"$ref":"#/components/schemas/Change"}},"version":{"type":"integer"},
      "hash":{"$ref":"#/components/schemas/Sha256"},"previousHash":{"type":"string"},
      "hashFormat":{"type":"integer","minimum":1,"description":"docs/formats/history-hash.md"},
      "submission":{"oneOf":[{"type":"null"},{"type":"object","required":["ordinal","formSha256","evidenceSha256"],"properties":{
        "ordinal":{"type":"integer","minimum":1},"formSha256":{"oneOf":[{"type":"null"},{"$ref":"#/components/schemas/Sha256"}]},"evidenceSha256":{"$ref":"#/components/schemas/Sha256"}}}],
        "description":"what the form held for it; null before the first submission, and in entries of format 1"}}})"},
    NamedSchema{
        "NameCharacters",
        R"({"type":"object","required":["unicode","charactersMax","letters","between","dots","lookAlikes"],"properties":{
      "unicode":{"type":"string","description":"version of the data"},"charactersMax":{"type":"integer"},
      "letters":{"type":"array","description":"ranges of code points, first and last","items":{"type":"array","items":{"type":"integer"},"minItems":2,"maxItems":2}},
      "between":{"type":"array","description":"what may stand between letters, beside the dots","items":{"type":"integer"}},
      "dots":{"type":"array","description":"the dot within a name, then what is typed for it","items":{"type":"integer"}},
      "lookAlikes":{"type":"array","description":"what is typed, and what is meant","items":{"type":"array","items":{"type":"integer"},"minItems":2,"maxItems":2}}}})"},
    NamedSchema{"NameWarning", R"({"type":"object","required":["pointer","meant"],"properties":{
      "pointer":{"type":"string","description":"of the name in what was sent"},"meant":{"type":"string","description":"the name without look-alikes; it is kept as given"}}})"},
    NamedSchema{
        "Submission",
        R"({"type":"object","required":["ordinal","round","at","by","byName","entry","fields","changes","evidence","since","formSha256","evidenceSha256"],"properties":{
      "ordinal":{"type":"integer","minimum":1},"round":{"type":"integer","minimum":1},"at":{"$ref":"#/components/schemas/Instant"},
      "by":{"type":"string","description":"a user name, or `system`"},"byName":{"type":"string"},"entry":{"$ref":"#/components/schemas/Id"},
      "fields":{"$ref":"#/components/schemas/ShownValues"},"changes":{"type":"array","items":{"$ref":"#/components/schemas/Change"}},
      "evidence":{"type":"array","items":{"$ref":"#/components/schemas/Evidence"}},
      "since":{"description":"what changed since the submission before it","oneOf":[{"type":"null"},{"type":"object","required":["fields","added","removed"],"properties":{
        "fields":{"type":"array","items":{"$ref":"#/components/schemas/Change"}},
        "rows":{"type":"array","description":"fields of type rows that differ","items":{"type":"object","required":["field","title","old","new"],"properties":{
          "field":{"type":"string"},"title":{"type":"string"},"old":{"type":"array","items":{"$ref":"#/components/schemas/Row"}},"new":{"type":"array","items":{"$ref":"#/components/schemas/Row"}}}}},"added":{"type":"array","items":{"$ref":"#/components/schemas/Evidence"}},
        "removed":{"type":"array","items":{"$ref":"#/components/schemas/Evidence"}}}}]},
      "formSha256":{"oneOf":[{"type":"null"},{"$ref":"#/components/schemas/Sha256"}]},"evidenceSha256":{"$ref":"#/components/schemas/Sha256"}}})"},
    NamedSchema{
        "Task",
        R"({"type":"object","required":["id","request","workflow","state","oneByOne","student","subjectCount","office","role","since","due","dueInWorkingDays","overdue","claimedBy","claimedByName","suspect","pending","version"],"properties":{
      "id":{"$ref":"#/components/schemas/Id"},"request":{"$ref":"#/components/schemas/Id"},
      "workflow":{"type":"object","required":["key","title","subject"],"properties":{"key":{"type":"string"},"title":{"type":"string"},"subject":{"$ref":"#/components/schemas/SubjectKind"}}},
      "state":{"$ref":"#/components/schemas/State"},"oneByOne":{"type":"boolean","description":"whether it is decided one by one: in bulk that is refused"},
      "student":{"type":"object","required":["id","name","school"],"description":"of several the first","properties":{"id":{"$ref":"#/components/schemas/Id"},"name":{"type":"string"},"school":{"$ref":"#/components/schemas/School"}}},
      "subjectCount":{"type":"integer","minimum":1},
      "office":{"oneOf":[{"$ref":"#/components/schemas/Office"},{"type":"null"}]},"role":{"$ref":"#/components/schemas/Role"},
      "since":{"$ref":"#/components/schemas/Instant"},"due":{"oneOf":[{"$ref":"#/components/schemas/Instant"},{"type":"null"}]},
      "dueInWorkingDays":{"$ref":"#/components/schemas/DueInWorkingDays"},"overdue":{"type":"boolean"},
      "claimedBy":{"type":["string","null"]},"claimedByName":{"type":["string","null"]},
      "suspect":{"type":"array","description":"checks that found something suspect","items":{"type":"object","required":["check","checkTitle"],"properties":{"check":{"type":"string"},"checkTitle":{"type":"string"}}}},
      "pending":{"oneOf":[{"$ref":"#/components/schemas/Pending"},{"type":"null"}]},"version":{"type":"integer","minimum":1}}})"},
    NamedSchema{"Notification", R"({"type":"object","required":["id","at","kind","request","text","read"],"properties":{
      "id":{"$ref":"#/components/schemas/Id"},"at":{"$ref":"#/components/schemas/Instant"},"kind":{"type":"string"},"request":{"$ref":"#/components/schemas/Id"},
      "text":{"type":"string"},"read":{"type":"boolean"}}})"},
    NamedSchema{"Explain", R"({"type":"object","required":["action","allowed","reasons","who"],"properties":{
      "action":{"type":"string"},"allowed":{"type":"boolean"},
      "reasons":{"type":"array","items":{"type":"object","required":["rule","message"],"properties":{"rule":{"type":"string"},"message":{"type":"string"},
        "since":{"$ref":"#/components/schemas/Instant"},"from":{"$ref":"#/components/schemas/Instant"}}}},
      "who":{"type":"array","items":{"$ref":"#/components/schemas/HolderPost"}}}})"},
    NamedSchema{"Problem", R"({"type":"object","required":["type","title","status","detail","instance"],"properties":{
      "type":{"type":"string","pattern":"^/problems/[a-z-]+$"},"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},"instance":{"type":"string"},
      "errors":{"type":"array","items":{"type":"object","required":["pointer","message"],"properties":{"pointer":{"type":"string"},"message":{"type":"string"}}}},
      "explain":{"$ref":"#/components/schemas/Explain"},"request":{"$ref":"#/components/schemas/Id"},
      "holders":{"type":"array","items":{"$ref":"#/components/schemas/HolderPost"}},"opensAt":{"$ref":"#/components/schemas/Instant"},
      "tasks":{"type":"array","items":{"$ref":"#/components/schemas/UndecidableTask"}},
      "cause":{"enum":["damaged","password","too-many-pixels","too-many-pages","too-slow"]},
      "currentVersion":{"type":"integer"},"changes":{"type":"array","items":{"type":"object","required":["action","actionTitle","by","at","from","fromTitle","to","toTitle"],"properties":{
        "action":{"type":"string"},"actionTitle":{"type":"string"},"by":{"type":"string"},"byName":{"type":"string"},"at":{"$ref":"#/components/schemas/Instant"},
        "from":{"type":["string","null"]},"fromTitle":{"type":["string","null"]},"to":{"type":["string","null"]},"toTitle":{"type":["string","null"]},
        "version":{"type":"integer"}}}}}})"},
};

}  // namespace

std::span<const NamedSchema> answer_schemas() { return answer_table; }

}  // namespace xueji::web
