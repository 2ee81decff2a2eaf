/**
 * A number of a JSON document that JavaScript would write in another way, as `1.50` or `1e3`: a keyword keeps it as it is written
 * (elastic/elasticsearch `libs/x-content/impl/…/provider/json/JsonXContentParser.java`, `text`).
 */
export class WrittenNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get value(): number {
    return Number(this.text);
  }
}
