// What the tests use of bpmn-moddle, which brings no types.
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    fromXML(xml: string): Promise<{ rootElement: { $type: string }; warnings: unknown[] }>;
  }
}
