// Many who ask the same at once are answered once.
#include "web/server/flights.hpp"

#include <thread>

#include "tests/catch.hpp"

using namespace xueji::web;

namespace {

Reply into(std::vector<std::string>& heard, const std::string& who) {
  return [&heard, who](const HttpResponse& response) { heard.push_back(who + ":" + response.body); };
}

HttpResponse saying(const std::string& body) {
  HttpResponse response;
  response.body = body;
  return response;
}

}  // namespace

TEST_CASE("whoever boards a flight under way gets its answer, and the next one is another flight") {
  Flights flights;
  std::vector<std::string> heard;
  Reply first = into(heard, "first"), second = into(heard, "second"), other = into(heard, "other");
  CHECK(flights.board("a", first));
  CHECK_FALSE(flights.board("a", second));
  CHECK(flights.board("b", other));
  CHECK(heard.empty());
  first(saying("1"));
  CHECK(heard == std::vector<std::string>{"second:1", "first:1"});
  other(saying("2"));
  Reply later = into(heard, "later");
  CHECK(flights.board("a", later));
  later(saying("3"));
  CHECK(heard.back() == "later:3");
}

TEST_CASE("nobody is left waiting where many board from many threads") {
  Flights flights;
  std::atomic<int> answered{0};
  std::vector<std::thread> people;
  for (int person = 0; person < 8; ++person)
    people.emplace_back([&] {
      for (int time = 0; time < 2'000; ++time) {
        Reply reply = [&](const HttpResponse&) { ++answered; };
        if (flights.board("same", reply)) reply(saying("x"));
      }
    });
  for (auto& person : people) person.join();
  CHECK(answered == 16'000);
}
