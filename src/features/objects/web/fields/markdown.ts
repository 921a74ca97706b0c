import { micromark } from 'micromark'

/** Markdown as HTML that is safe to show: raw HTML stays text, images are links, links open beside the product. */
export function htmlOf(markdown: string): string {
  const html = micromark(markdown, {
    extensions: [{ disable: { null: ['htmlFlow', 'htmlText', 'labelStartImage'] } }],
  })
  // Every `<` of the text itself is escaped, so these are the links that were made here.
  return html.replaceAll('<a href=', '<a target="_blank" rel="noreferrer noopener" href=')
}
