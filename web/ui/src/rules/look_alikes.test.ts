import { expect, it } from 'vitest';
import { look_alikes } from './look_alikes';

it('pairs each look-alike with what is usually written', () => {
  expect(look_alikes('阿卜•杜', '阿卜·杜')).toEqual([{ given: '•', usual: '·' }]);
  expect(look_alikes('\uf9dc\uf9dc', '隆隆')).toEqual([
    { given: '\uf9dc', usual: '隆' },
    { given: '\uf9dc', usual: '隆' },
  ]);
  expect(look_alikes('张三', '张三')).toEqual([]);
});

it('shows what is left out, and nothing of what stands behind it', () => {
  expect(look_alikes('张\u3164三', '张三')).toEqual([{ given: '\u3164', usual: '' }]);
  expect(look_alikes('\ufb01ona', 'fiona')).toEqual([{ given: '\ufb01', usual: 'fi' }]);
  expect(look_alikes('阿卜·', '阿卜')).toEqual([{ given: '·', usual: '' }]);
});
