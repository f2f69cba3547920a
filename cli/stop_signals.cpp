#include "cli/stop_signals.hpp"

#include <pthread.h>

namespace xueji {

StopSignals::StopSignals() {
  sigemptyset(&signals_);
  for (const int number : {SIGINT, SIGTERM, SIGUSR1}) sigaddset(&signals_, number);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

StopSignals::~StopSignals() {
  if (!waiting_.joinable()) return;
  pthread_kill(waiting_.native_handle(), SIGUSR1);
  waiting_.join();
}

void StopSignals::on_signal(std::function<void()> stop) {
  waiting_ = std::thread{[this, stop = std::move(stop)] {
    int number = 0;
    sigwait(&signals_, &number);
    if (number != SIGUSR1) stop();
  }};
}

}  // namespace xueji
