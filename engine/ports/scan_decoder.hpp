// Decoding what people upload, where nothing that it holds can do harm. Implemented by adapters/evidence with a process
// of its own for each file.
#pragma once
#include <functional>
#include <string>
#include <string_view>

namespace xueji {

/// Why scans can't be taken or shown. All but the last two lie with the file; `given_up`: nobody waits for it any more.
enum class ScanFault { none, damaged, password, too_many_pixels, too_many_pages, too_slow, unavailable, given_up };

/// Whether nobody waits any more; asked now and then, on the thread of the call that it was given to. May be empty.
using GivenUp = std::function<bool()>;

struct ScanFacts {
  int width = 0;  ///< in pixels as it is shown, upright; of a PDF its first page in points, 72 an inch
  int height = 0;
  int pages = 1;
  bool small = false;        ///< a picture with too few pixels to be read as a page
  int small_page = 0;        ///< of a PDF, the first page that is too small or too narrow to be read; 0 for none
  int blurred_page = 0;      ///< the first that is; 0 for none
  bool lacks_fonts = false;  ///< letters that neither the file nor this machine has a font for
};

enum class ScanSize { thumbnail, screen };

/// Safe from any thread; each call takes as long as decoding does, which is bounded.
class ScanDecoder {
 public:
  virtual ~ScanDecoder() = default;
  struct Examined {
    ScanFault fault = ScanFault::none;
    ScanFacts facts;
  };
  /// Decodes the whole, unless it is given up. `media_type` is what evidence is recognised as: `image/jpeg`,
  /// `image/png`, `application/pdf`.
  virtual Examined examine(std::string_view bytes, std::string_view media_type, const GivenUp& given_up) = 0;

  struct Drawn {
    ScanFault fault = ScanFault::none;
    int pages = 0;     ///< of the file
    std::string jpeg;  ///< upright, without metadata; empty where the file has no such page
  };
  /// Page `page`, from 1, as a picture, unless it is given up.
  virtual Drawn draw(std::string_view bytes, std::string_view media_type, int page, ScanSize size,
                     const GivenUp& given_up) = 0;

  /// Why nothing can be decoded here, for operators; empty where it can.
  virtual std::string unavailable() const = 0;
};

}  // namespace xueji
