// Where one was in the queue when opening a request, and what was decided since: ids and words in memory, gone with the tab.
import { readonly, shallowRef } from 'vue';
import { next_in_order } from '@/rules/queue_order';
import type { Whom } from '@/rules/whom';

interface Place {
  address: string;
  /** Requests of the page, in order. */
  order: string[];
  opened: string;
}

export interface Decided {
  request: string;
  /** `同意`, `Returned`, … in the definition's own words. */
  action: string;
  whom: Whom;
  business: string;
}

let place: Place | null = null;
const last_decided = shallowRef<Decided | null>(null);
export const decided = readonly(last_decided);

export function remember_place(address: string, order: string[], opened: string): void {
  place = { address, order, opened };
  last_decided.value = null;
}

export function tell_decided(what: Decided): void {
  last_decided.value = what;
}

export function forget_decided(): void {
  last_decided.value = null;
}

/** Where to go on in the list as it is now: the request that was opened, or the next one after it was decided. */
export function request_to_go_on_with(address: string, present: string[]): string | undefined {
  if (place?.address !== address) return undefined;
  const { opened, order } = place;
  if (decided.value?.request !== opened && present.includes(opened)) return opened;
  return next_in_order(
    order,
    opened,
    present.filter((request) => request !== opened),
  );
}
