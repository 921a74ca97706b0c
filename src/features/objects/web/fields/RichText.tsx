import Markdown, { type Components } from 'react-markdown'

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  // Nothing is loaded from elsewhere: a picture is a link to it.
  img: ({ src, alt }) => (
    <a href={typeof src === 'string' ? src : undefined} target="_blank" rel="noreferrer noopener">
      {alt || src}
    </a>
  ),
}

/** Markdown, set as text with headings, lists and emphasis; raw HTML stays text, script addresses go nowhere. */
export function RichText({ text }: { readonly text: string }) {
  return (
    <div className="rich-text">
      <Markdown components={components}>{text}</Markdown>
    </div>
  )
}
