// The client against the real simulator, over a socket.
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json.hpp>
#include <thread>

#include "adapters/central/http_central_registry.hpp"
#include "adapters/central/identity_answer.hpp"
#include "adapters/central/national_simulator.hpp"
#include "tests/catch.hpp"

using namespace xueji;
using namespace std::chrono_literals;

namespace {

namespace http = boost::beast::http;
using boost::asio::ip::tcp;

const std::string zhang_number = "11010519491231002X";

Population people() {
  Population population;
  population.add(zhang_number, "张三");
  population.add("440524188001010014", "买买提·艾力");
  return population;
}

struct NationalSide {
  explicit NationalSide(NationalSwitches switches = {}) : simulator(people(), switches, "127.0.0.1", 0) {}
  std::string url() const { return "http://127.0.0.1:" + std::to_string(simulator.port()); }
  HttpCentralRegistry client(std::chrono::milliseconds timeout = 10s) const {
    return HttpCentralRegistry({url(), timeout});
  }

  /// The status and the JSON of any call.
  std::pair<unsigned, boost::json::value> call(http::verb verb, const std::string& target,
                                               const std::string& body = "") const {
    boost::asio::io_context io;
    tcp::socket socket(io);
    socket.connect({boost::asio::ip::make_address("127.0.0.1"), simulator.port()});
    http::request<http::string_body> request(verb, target, 11);
    request.set(http::field::host, "localhost");
    request.body() = body;
    request.prepare_payload();
    http::write(socket, request);
    boost::beast::flat_buffer buffer;
    http::response<http::string_body> response;
    http::read(socket, buffer, response);
    return {response.result_int(), boost::json::parse(response.body())};
  }

  void switch_to(const std::string& json) const { REQUIRE(call(http::verb::put, "/v1/switches", json).first == 200); }

  NationalSimulator simulator;
};

}  // namespace

TEST_CASE("a person of the population matches, by exact name and either case of X") {
  const NationalSide side;
  auto client = side.client();
  CHECK(client.compare_identity({"k1", "张三", zhang_number}).outcome == CheckOutcome::clear);
  CHECK(client.compare_identity({"k2", "张三", "11010519491231002x"}).outcome == CheckOutcome::clear);
  CHECK(client.compare_identity({"k3", "买买提·艾力", "440524188001010014"}).outcome == CheckOutcome::clear);
}

TEST_CASE("another name and an unknown number are suspect, and say why in both languages") {
  const NationalSide side;
  auto client = side.client();
  const Finding other_name = client.compare_identity({"k1", "张三丰", zhang_number});
  CHECK(other_name.outcome == CheckOutcome::suspect);
  CHECK(other_name.code == "no_match");
  CHECK(other_name.detail.en == "The population database knows this ID number under another name");
  CHECK(other_name.detail.zh == "该身份证件号码在人口库中对应另一姓名");
  const Finding unknown = client.compare_identity({"k2", "张三", "110105194912310038"});
  CHECK(unknown.outcome == CheckOutcome::suspect);
  CHECK(unknown.code == "unknown_person");
}

TEST_CASE("an answer that takes longer than the timeout is unavailable") {
  const NationalSide side({60s, 0, false});
  CHECK(side.client(50ms).compare_identity({"k1", "张三", zhang_number}).outcome == CheckOutcome::unavailable);
}

TEST_CASE("errors, an outage and a dead address are unavailable, and it recovers when they are over") {
  const NationalSide side;
  auto client = side.client();
  side.switch_to(R"({"errorRate": 1})");
  CHECK(client.compare_identity({"k1", "张三", zhang_number}).outcome == CheckOutcome::unavailable);
  side.switch_to(R"({"errorRate": 0, "outage": true})");
  CHECK(client.compare_identity({"k1", "张三", zhang_number}).outcome == CheckOutcome::unavailable);
  CHECK(side.call(http::verb::get, "/healthz").first == 200);
  side.switch_to(R"({"outage": false})");
  CHECK(client.compare_identity({"k1", "张三", zhang_number}).outcome == CheckOutcome::clear);

  boost::asio::io_context io;
  tcp::acceptor gone(io, {boost::asio::ip::make_address("127.0.0.1"), 0});
  const auto port = gone.local_endpoint().port();
  gone.close();
  HttpCentralRegistry nobody({"http://127.0.0.1:" + std::to_string(port), 10s});
  CHECK(nobody.compare_identity({"k1", "张三", zhang_number}).outcome == CheckOutcome::unavailable);
}

TEST_CASE("an answer that is not understood is unavailable") {
  const auto answer = GENERATE(as<std::string>{}, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{{{",
                               "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"outcome\": \"other\"} ",
                               "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"outcome\": 1}",
                               "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
                               "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", "not even HTTP\r\n\r\n", "");
  boost::asio::io_context io;
  tcp::acceptor acceptor(io, {boost::asio::ip::make_address("127.0.0.1"), 0});
  std::thread server([&] {
    tcp::socket socket = acceptor.accept();
    boost::beast::flat_buffer buffer;
    http::request<http::string_body> request;
    http::read(socket, buffer, request);
    boost::system::error_code ignored;
    boost::asio::write(socket, boost::asio::buffer(answer), ignored);
  });
  HttpCentralRegistry client({"http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()), 10s});
  CHECK(client.compare_identity({"k1", "张三", zhang_number}).outcome == CheckOutcome::unavailable);
  server.join();
}

TEST_CASE("a repeated key is counted and answered as before") {
  const NationalSide side;
  auto client = side.client();
  for (int i = 0; i < 3; ++i)
    CHECK(client.compare_identity({"7:central_check:1", "张三", zhang_number}).outcome == CheckOutcome::clear);
  client.compare_identity({"other", "张三", zhang_number});
  CHECK(side.call(http::verb::get, "/v1/statistics?key=7%3Acentral_check%3A1").second ==
        boost::json::value{{"key", "7:central_check:1"}, {"asked", 3}, {"outcome", "match"}});
  CHECK(side.call(http::verb::get, "/v1/statistics").second ==
        boost::json::value{{"questions", 4}, {"answers", 2}, {"keys", 2}});
}

TEST_CASE("a question that failed is answered when it is asked again with the same key") {
  const NationalSide side({0ms, 1, false});
  auto client = side.client();
  client.compare_identity({"k1", "张三", zhang_number});
  CHECK(side.call(http::verb::get, "/v1/statistics?key=k1").second ==
        boost::json::value{{"key", "k1"}, {"asked", 1}, {"outcome", nullptr}});
  side.switch_to(R"({"errorRate": 0})");
  CHECK(client.compare_identity({"k1", "张三", zhang_number}).outcome == CheckOutcome::clear);
}

TEST_CASE("switches are read back, and wrong ones refused without effect") {
  const NationalSide side;
  side.switch_to(R"({"latencyMs": 5, "errorRate": 0.25, "outage": false})");
  const auto wrong = GENERATE(as<std::string>{}, R"({"latency": 5})", R"({"errorRate": 2})", R"({"latencyMs": -1})",
                              R"({"latencyMs": 7, "outage": "yes"})", "[]", "{");
  CHECK(side.call(http::verb::put, "/v1/switches", wrong).first >= 400);
  CHECK(side.call(http::verb::get, "/v1/switches").second ==
        boost::json::value{{"latencyMs", 5}, {"errorRate", 0.25}, {"outage", false}});
}

TEST_CASE("a question without a key or in another shape is refused") {
  const NationalSide side;
  CHECK(side.call(http::verb::post, "/v1/identity-comparison", R"({"name": "张三", "idNumber": "1"})").first == 400);
  CHECK(side.call(http::verb::get, "/v1/identity-comparison").first == 405);
  CHECK(side.call(http::verb::get, "/nowhere").first == 404);
}

TEST_CASE("several threads may ask at once") {
  const NationalSide side;
  auto client = side.client();
  std::atomic<int> clear{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      clear += client.compare_identity({"k" + std::to_string(i), "张三", zhang_number}).outcome == CheckOutcome::clear;
    });
  for (auto& thread : threads) thread.join();
  CHECK(clear == 8);
}

TEST_CASE("an address that is none is refused with a sentence") {
  const auto url = GENERATE(as<std::string>{}, "ftp://127.0.0.1:1", "127.0.0.1:80", "http://", "http://a/?q=1",
                            "http://u:p@a/", "http://127.0.0.1.example");
  CHECK_THROWS_WITH((HttpCentralRegistry({url, 1s})),
                    "the national side's address must be https://HOST[:PORT][/PATH], not '" + url + "'");
}

TEST_CASE("names and ID numbers go in the clear to this machine alone") {
  const auto elsewhere = GENERATE(as<std::string>{}, "http://192.0.2.1:8090", "http://national.example",
                                  "http://localhost.example", "http://[2001:db8::1]/");
  CHECK_THROWS_WITH((HttpCentralRegistry({elsewhere, 1s})),
                    Catch::Matchers::StartsWith("names and ID numbers are not sent in the clear: take https://"));
  const auto here =
      GENERATE(as<std::string>{}, "http://localhost:1", "http://127.8.8.8:1", "http://[::1]:1", "https://192.0.2.1:1");
  CHECK_NOTHROW(HttpCentralRegistry({here, 1s}));
}

TEST_CASE("files for TLS that can't be read are named") {
  const std::string url = "https://127.0.0.1:1";
  CHECK_THROWS_WITH(
      (HttpCentralRegistry({url, 1s, "/nowhere.pem"})),
      Catch::Matchers::StartsWith("the authorities of the national side can't be read from '/nowhere.pem'"));
  CHECK_THROWS_WITH((HttpCentralRegistry({url, 1s, {}, "/nowhere.pem"})),
                    "a certificate for the national side needs its key, and a key its certificate");
  CHECK_THROWS_WITH((HttpCentralRegistry({url, 1s, {}, "/nowhere.pem", "/nowhere.key"})),
                    Catch::Matchers::StartsWith("the certificate for the national side can't be read from"));
}

TEST_CASE("an answer that is not the one word is no answer") {
  CHECK(finding_of_answer(200, R"({"outcome": "match"})").outcome == CheckOutcome::clear);
  for (const auto* body :
       {R"({"outcome": "mismatch", "outcome": "match"})", R"({"outcome": "match", "at": "now"})",
        R"({"outcome": "match", "\u006futcome": "mismatch"})", R"([{"outcome": "match"}])", R"({"outcome": ["match"]})",
        R"({"outcome": "Match"})", R"({"outcome": "match"} {"outcome": "match"})", R"({"Outcome": "match"})", ""})
    CHECK(finding_of_answer(200, body).outcome == CheckOutcome::unavailable);
}
