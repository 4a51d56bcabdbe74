/** A long text that people may have to rely on: sections of paragraphs; a list inside is a list. */
export interface LegalText {
  title: string
  /** What it says, in a breath. */
  summary: string
  sections: readonly { title: string; body: readonly (string | readonly string[])[] }[]
}
