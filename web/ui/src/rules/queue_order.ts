/** Which request of a list stands where `gone` stood: what followed it then and is there now, else what stood last before it. */
export function next_in_order(order: string[], gone: string, present: string[]): string | undefined {
  const there = new Set(present);
  const place = order.indexOf(gone);
  if (place < 0) return present[0];
  return (
    order.slice(place + 1).find((request) => there.has(request)) ??
    present.find((request) => !order.includes(request)) ??
    order.slice(0, place).findLast((request) => there.has(request))
  );
}
