// Says for a moment that an act was done; what failed is told at its place by ProblemNote.
import { ElMessage } from 'element-plus/es/components/message/index';
import 'element-plus/es/components/message/style/css';

export function tell_done(text: string): void {
  ElMessage({ type: 'success', message: text, plain: true, duration: 4000 });
}
