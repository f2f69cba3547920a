// A definition with everything that is not a straight line: two sides at the same time, and a wait for the semester.
#pragma once
#include <string>

namespace xueji {

inline const std::string parallel_definition = R"(format: 1
key: both-sides
version: 2
title: {zh: 双方审核, en: Both sides}
source: FAQ 9
subject: student
open:
  by: registrar at student.school
fields:
  new_name: {type: person_name, required: true, title: {zh: 新姓名, en: New name}, changes: student.name}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    actions:
      submit: {to: head_review}
  head_review:
    approval: head at student.school
    title: {zh: 学校审核, en: Review by the head}
    due: 3 working days
    actions:
      approve: {to: both_sides}
      return: {to: earlier, default: draft, comment: required}
  both_sides:
    parallel:
      county:
        title: {zh: 县级, en: County}
        states:
          county_review:
            approval: reviewer at authority of student.school
            title: {zh: 县级经办, en: Review by the county}
            due: 5 working days
            remind: 2 working days before
            overdue: {escalate: approver at authority of student.school}
            actions:
              approve: {to: county_approval}
              return: {to: earlier, default: draft, comment: required}
              reject: {to: rejected, comment: required}
          county_approval:
            approval: approver at authority of student.school
            title: {zh: 县级审批, en: Approval by the county}
            due: 5 working days
            actions:
              approve: {to: join}
              return: {to: earlier, default: county_review, comment: required}
      province:
        title: {zh: 省级, en: Province}
        states:
          province_review:
            approval: reviewer at province of student.school
            title: {zh: 省级经办, en: Review by the province}
            due: 5 working days
            actions:
              approve: {to: join}
              decline: {to: stop, title: {zh: 不同意, en: Decline}}
    title: {zh: 双方审核, en: Both sides}
    join: all
    to: until_term
    otherwise: rejected
  until_term:
    wait: first day of spring semester
    title: {zh: 等待开学, en: Until the semester begins}
    to: completed
  completed: {end: completed, title: {zh: 办结, en: Completed}, effects: [apply_changes]}
  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}
  withdrawn: {end: withdrawn, title: {zh: 已撤回, en: Withdrawn}}
anywhere:
  withdraw: {by: registrar at student.school, before: completed, to: withdrawn}
separation:
  - decides: nobody their own submission
  - different people: [county_review, county_approval]
migrate:
  - from: 1
    states: {old_review: both_sides}
    otherwise: same state
)";

}  // namespace xueji
