import { useMemo } from 'react'
import { htmlOf } from './markdown.ts'

/** Markdown, set as text with headings, lists and emphasis. */
export function RichText({ text }: { readonly text: string }) {
  const html = useMemo(() => htmlOf(text), [text])
  return <div className="rich-text" dangerouslySetInnerHTML={{ __html: html }} />
}
