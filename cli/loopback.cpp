#include <arpa/inet.h>

#include <string>

#include "cli/serve_command.hpp"

namespace xueji {

bool is_loopback(const std::string& address) {
  in_addr four{};
  if (inet_pton(AF_INET, address.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24) == 127;
  in6_addr six{};
  if (inet_pton(AF_INET6, address.c_str(), &six) != 1) return false;
  const bool mapped = IN6_IS_ADDR_V4MAPPED(&six) && six.s6_addr[12] == 127;
  return IN6_IS_ADDR_LOOPBACK(&six) || mapped;
}

}  // namespace xueji
