import { Button } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { kitWords } from './words.ts'

interface MoreButtonProps {
  /** A list that is read page by page. */
  readonly pages: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => Promise<unknown>
  }
}

/** Reads on where a list has more; nothing where it ends. */
export function MoreButton({ pages }: MoreButtonProps) {
  const k = useWords(kitWords)
  if (!pages.hasNextPage) return null
  return (
    <Button block loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
      {k('more')}
    </Button>
  )
}
