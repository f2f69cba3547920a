// Asks before an act that is not lightly undone.
import { ElMessageBox } from 'element-plus/es/components/message-box/index';
import 'element-plus/es/components/message-box/style/css';

export interface Question {
  title: string;
  /** What will happen, for whom. */
  text: string;
  /** The button that does it, named after the act. */
  act: string;
  cancel: string;
  /** Takes something away. */
  grave?: boolean;
}

export function confirm_act(question: Question): Promise<boolean> {
  return ElMessageBox.confirm(question.text, question.title, {
    confirmButtonText: question.act,
    cancelButtonText: question.cancel,
    confirmButtonType: question.grave ? 'danger' : 'primary',
    showClose: false,
    autofocus: !question.grave,
  }).then(
    () => true,
    () => false,
  );
}
