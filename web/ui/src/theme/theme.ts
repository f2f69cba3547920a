import { readonly, ref, watch } from 'vue';

export type Theme = 'auto' | 'light' | 'dark';

const remembered_as = 'xueji.theme';
const chosen = ref<Theme>('auto');
export const theme = readonly(chosen);

export function use_theme(wanted: Theme): void {
  chosen.value = wanted;
  localStorage.setItem(remembered_as, wanted);
}

/** Keeps the page light or dark: as chosen, else as the system is. Called once. */
export function follow_theme(): void {
  const remembered = localStorage.getItem(remembered_as);
  if (remembered === 'light' || remembered === 'dark') chosen.value = remembered;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () =>
    document.documentElement.classList.toggle(
      'dark',
      chosen.value === 'dark' || (chosen.value === 'auto' && system.matches),
    );
  system.addEventListener('change', apply);
  watch(chosen, apply, { immediate: true });
}
