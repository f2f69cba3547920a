#include "cli/setup/password_input.hpp"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "cli/setup/console.hpp"

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

WeakPasswords open_weak_passwords(const Configuration& configuration) {
  const std::string& named = configuration.accounts.weak_passwords;
  const auto file =
      named.empty() ? resources_directory() / "config" / "weak_passwords.txt" : std::filesystem::path(named);
  return WeakPasswords{read_whole_file(file)};
}

std::string read_password(const Configuration& configuration, const std::string& file, const std::string& username) {
  std::string password = !file.empty()               ? read_secret(file)
                         : isatty(STDIN_FILENO) != 0 ? ask_at_terminal()
                                                     : line_of_standard_input();
  if (const auto fault = fault_of_password(password, username, std::nullopt, open_weak_passwords(configuration)))
    throw UsageError("the password won't do: " + fault->en);
  return password;
}

}  // namespace xueji
