#include "web/server/resources/scan_texts.hpp"

#include <fmt/format.h>

namespace xueji::web {
namespace {

struct Cause {
  std::string_view word;
  Text detail;
};

Cause cause_of(ScanFault fault, const ScanLimits& limits) {
  switch (fault) {
    case ScanFault::password:
      return {"password",
              {"此 PDF 需要密码才能打开，审核人员无法查看。请另存一份不带密码的文件再上传",
               "This PDF opens with a password only, and those who decide can't see it. Save it without a password, "
               "then upload that"}};
    case ScanFault::too_many_pixels:
      return {"too-many-pixels",
              {fmt::format("图片超过 {} 百万像素，或需要的内存过多。请降低分辨率后重新扫描或另存（300 dpi 即可）",
                           limits.megapixels_max),
               fmt::format("The picture has more than {} million pixels, or takes too much memory. Scan or save it "
                           "again with a lower resolution; 300 dpi is enough",
                           limits.megapixels_max)}};
    case ScanFault::too_many_pages:
      return {"too-many-pages",
              {fmt::format("此 PDF 超过 {} 页。请只上传所需的页，或分成几个文件", limits.pages_max),
               fmt::format("This PDF has more than {} pages. Upload the pages that are needed, or several files",
                           limits.pages_max)}};
    case ScanFault::too_slow:
      return {"too-slow",
              {fmt::format("打开此文件需要 {} 秒以上。请重新扫描，或另存为 JPEG 或普通的 PDF 后再上传",
                           limits.decode_seconds),
               fmt::format("This file takes more than {} seconds to open. Scan it again, or save it as JPEG or as a "
                           "plain PDF, then upload that",
                           limits.decode_seconds)}};
    default:
      return {"damaged",
              {"文件不完整或已损坏，无法完整显示。请重新扫描，或在看图软件中打开后另存为 JPEG、PNG 或 PDF 再上传",
               "The file is incomplete or damaged and can't be shown whole. Scan it again, or open it, save it anew "
               "as JPEG, PNG or PDF, and upload that"}};
  }
}

Problem later(Text detail, int seconds) {
  return {"busy", std::move(detail), {}, {{"Retry-After", std::to_string(seconds)}}, {}};
}

Problem over_quota(Text detail) {
  constexpr std::int64_t an_hour = 3600;
  Problem problem = rate_limited(an_hour);
  problem.detail = std::move(detail);
  return problem;
}

void write_warning(JsonWriter& json, std::string_view code, int page, const Text& message, Language language) {
  json.begin_object().member("code", code).member("page", page > 0 ? std::optional(page) : std::nullopt);
  json.member("message", message.in(language)).end_object();
}

}  // namespace

Problem unreadable(ScanFault fault, const ScanLimits& limits) {
  if (fault == ScanFault::unavailable) return not_taken(EvidenceStore::Fault::unavailable, limits);
  Cause cause = cause_of(fault, limits);
  return {"unreadable-evidence", std::move(cause.detail), {}, {}, [word = cause.word](JsonWriter& json, Language) {
            json.member("cause", word);
          }};
}

Problem not_taken(EvidenceStore::Fault fault, const ScanLimits& limits) {
  using Fault = EvidenceStore::Fault;
  constexpr int minute = 60;
  switch (fault) {
    case Fault::empty:
      return malformed({"文件为空", "The file is empty"});
    case Fault::unavailable:
      return later({"服务器目前不能安全地打开扫描件，暂不接收上传；其他业务不受影响。请告知管理员",
                    "The server can't open scans safely at present and takes no uploads; all else goes on. Tell the "
                    "administrators"},
                   minute);
    case Fault::no_room:
      return later({"服务器磁盘空间不足，暂不接收上传；其他业务不受影响。请告知管理员",
                    "The server's disk has too little room and takes no uploads; all else goes on. Tell the "
                    "administrators"},
                   minute);
    case Fault::account_quota:
      return over_quota(
          {fmt::format("您在 24 小时内上传的文件已达 {} MB 的上限。请稍后再传；确有需要请联系管理员",
                       limits.account_mb_per_day),
           fmt::format("You have uploaded {} MB within 24 hours, the most that an account may. Go on later; if it "
                       "can't wait, ask the administrators",
                       limits.account_mb_per_day)});
    case Fault::office_quota:
      return over_quota(
          {fmt::format("您所在的单位在 24 小时内上传的文件已达 {} MB 的上限。请稍后再传；确有需要请联系管理员",
                       limits.office_mb_per_day),
           fmt::format("Your school or authority has uploaded {} MB within 24 hours, the most that it may. Go on "
                       "later; if it can't wait, ask the administrators",
                       limits.office_mb_per_day)});
    default:
      return {"unsupported-media-type",
              {"文件内容不是 JPEG、PNG 或 PDF。请重新扫描，或在打开它的软件中另存为 JPEG、PNG 或 PDF",
               "The content is no JPEG, PNG or PDF. Scan it again, or save it as one of these in the program that "
               "opens it"},
              {},
              {},
              {}};
  }
}

void write_warnings(JsonWriter& json, const ScanFacts& facts, Language language) {
  json.key("warnings").begin_array();
  if (facts.small)
    write_warning(
        json, "small", 0,
        {fmt::format("图片只有 {}×{} 像素，文字可能看不清。建议以 200 dpi 以上重新扫描", facts.width, facts.height),
         fmt::format("The picture has {} by {} pixels only, and its text may be illegible. Better scan it "
                     "again with 200 dpi or more",
                     facts.width, facts.height)},
        language);
  if (facts.small_page > 0)
    write_warning(
        json, "small", facts.small_page,
        {fmt::format("第 {} 页太小或过于狭长，文字可能看不清。请按纸张的实际大小重新扫描或另存", facts.small_page),
         fmt::format("Page {} is too small or too narrow for its text to be legible. Scan or save it again "
                     "in the size of the paper",
                     facts.small_page)},
        language);
  if (facts.blurred_page > 0)
    write_warning(
        json, "blurred", facts.blurred_page,
        {facts.pages > 1 ? fmt::format("第 {} 页模糊，文字可能看不清。请核对预览，必要时重新扫描", facts.blurred_page)
                         : std::string("画面模糊，文字可能看不清。请核对预览，必要时重新扫描或拍摄"),
         facts.pages > 1 ? fmt::format("Page {} is blurred, and its text may be illegible. Look at the "
                                       "preview, and scan it again if need be",
                                       facts.blurred_page)
                         : std::string("The picture is blurred, and its text may be illegible. Look at the "
                                       "preview, and scan it again if need be")},
        language);
  if (facts.lacks_fonts)
    write_warning(
        json, "missing-fonts", 0,
        {"此 PDF 的部分文字没有可用的字体，审核人员会看到方框、空白或别的字。请核对预览，必要时另存为嵌入字体的 PDF "
         "或扫描成图片",
         "There is no font for some text of this PDF: officers will see boxes, blanks or other characters. Look at the "
         "preview; if need be save it with its fonts, or scan it as a picture"},
        language);
  json.end_array();
}

}  // namespace xueji::web
