// When the dossier stands in the page: while it is printed, however that was asked for, and not a moment longer.
import { nextTick, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';

/** Marks the page while only its dossier is to be seen on paper. */
const marked = 'prints-dossier';

async function loaded(pictures: Iterable<HTMLImageElement>): Promise<void> {
  await Promise.all([...pictures].map((picture) => picture.decode().catch(() => undefined)));
}

/** `ready`: all that the dossier is made of is known. */
export function use_printing(ready: Ref<boolean>) {
  const shown = ref(false);
  /** Scans are being fetched for the printer. */
  const preparing = ref(false);
  let was_dark = false;

  function begin() {
    if (shown.value) return;
    const { classList } = document.documentElement;
    was_dark = classList.contains('dark');
    classList.remove('dark');
    classList.add(marked);
    shown.value = true;
  }
  function end() {
    if (!shown.value || preparing.value) return;
    document.documentElement.classList.remove(marked);
    document.documentElement.classList.toggle('dark', was_dark);
    shown.value = false;
  }

  /** By the button: browsers that don't wait for pictures get them first. */
  async function print() {
    preparing.value = true;
    if (!ready.value)
      await new Promise<void>((resolve) => {
        const stop = watch(ready, (now) => now && (stop(), resolve()));
      });
    begin();
    await nextTick();
    await loaded(document.querySelectorAll<HTMLImageElement>('.dossier img'));
    preparing.value = false;
    window.print();
  }

  onMounted(() => {
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('beforeprint', begin);
    window.removeEventListener('afterprint', end);
    preparing.value = false;
    end();
  });
  return { shown, preparing, print };
}
