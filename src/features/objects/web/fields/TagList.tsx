interface TagListProps {
  readonly tags: readonly { readonly key: string; readonly text: string; readonly color: string }[]
}

/** Several short words, each with its colour. */
export function TagList({ tags }: TagListProps) {
  return (
    <span className="entries">
      {tags.map(({ key, text, color }) => (
        <span key={key} className="tag" data-color={color}>
          {text}
        </span>
      ))}
    </span>
  )
}
