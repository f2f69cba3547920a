#include "cli/setup/password_input.hpp"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "cli/setup/console.hpp"
#include "engine/ports/identity.hpp"

namespace xueji {
namespace {

/// No echo as long as it lives.
class SilentTerminal {
 public:
  SilentTerminal() {
    tcgetattr(STDIN_FILENO, &before_);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~SilentTerminal() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }

 private:
  termios before_{};
};

std::string first_line(std::string text) {
  text.erase(std::min(text.find('\n'), text.size()));
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

std::string line_of_standard_input() {
  std::string line;
  std::getline(std::cin, line);
  return first_line(line);
}

std::string ask_at_terminal() {
  const SilentTerminal silent;
  std::cerr << "Password: " << std::flush;
  std::string password = line_of_standard_input();
  std::cerr << "\nOnce more: " << std::flush;
  const std::string again = line_of_standard_input();
  std::cerr << '\n';
  if (password != again) throw UsageError("the two passwords differ");
  return password;
}

}  // namespace

std::string read_secret(const std::string& file) { return first_line(read_whole_file(file)); }

std::string read_password(const std::string& file) {
  std::string password = !file.empty()               ? read_secret(file)
                         : isatty(STDIN_FILENO) != 0 ? ask_at_terminal()
                                                     : line_of_standard_input();
  if (password.size() < password_bytes_min || password.size() > password_bytes_max)
    throw UsageError(fmt::format("a password has {} to {} bytes", password_bytes_min, password_bytes_max));
  return password;
}

}  // namespace xueji
