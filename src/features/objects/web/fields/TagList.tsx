interface TagListProps {
  readonly tags: readonly { readonly key: string; readonly text: string; readonly color: string }[]
  /** In a row of a table: on one line, what does not fit is cut. */
  readonly isOneLine: boolean
}

/** Several short words, each with its colour. */
export function TagList({ tags, isOneLine }: TagListProps) {
  return (
    <span className="entries" data-one-line={isOneLine}>
      {tags.map(({ key, text, color }) => (
        <span key={key} className="tag" data-color={color}>
          {text}
        </span>
      ))}
    </span>
  )
}
