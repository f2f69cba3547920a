#include "web/http/chunked_body.hpp"

#include <algorithm>

#include "web/http/http.hpp"

namespace xueji::web {

namespace {
constexpr int size_digits_max = 8;

}  // namespace

ChunkedBody::State ChunkedBody::take(char c) {
  const auto expect = [&](char wanted, At next) {
    if (c != wanted) return State::malformed;
    at_ = next;
    return State::more;
  };
  switch (at_) {
    case At::size:
      if (const int value = hex_value(c); value >= 0) {
        if (++digits_ > size_digits_max) return State::malformed;
        size_ = size_ * 16 + static_cast<unsigned>(value);
        return State::more;
      }
      return digits_ == 0 ? State::malformed : expect('\r', At::size_lf);
    case At::size_lf:
      if (c != '\n') return State::malformed;
      left_ = size_;
      total_ += size_;
      size_ = 0;
      digits_ = 0;
      at_ = left_ == 0 ? At::end_cr : At::data;
      return total_ > limit_ ? State::too_large : State::more;
    case At::data_cr:
      return expect('\r', At::data_lf);
    case At::data_lf:
      return expect('\n', At::size);
    case At::end_cr:
      return expect('\r', At::end_lf);
    case At::end_lf:
      return expect('\n', At::finished) == State::more ? State::done : State::malformed;
    case At::data:
    case At::finished:
      break;
  }
  return State::done;
}

ChunkedBody::State ChunkedBody::feed(std::string_view& input, std::string& body) {
  while (!input.empty()) {
    if (at_ == At::data) {
      const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size()));
      body.append(input.substr(0, n));
      input.remove_prefix(n);
      left_ -= n;
      if (left_ == 0) at_ = At::data_cr;
      continue;
    }
    const auto state = take(input.front());
    input.remove_prefix(1);
    if (state != State::more) return state;
  }
  return State::more;
}

}  // namespace xueji::web
