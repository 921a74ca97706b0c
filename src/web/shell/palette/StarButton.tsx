import { StarFilled, StarOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { useStar } from './use-search.ts'
import { paletteWords } from './words.ts'

/** Keeps a record at hand: starred ones stand in the search before anything is typed. */
export function StarButton({ object, id }: { readonly object: string; readonly id: string }) {
  const t = useWords(paletteWords)
  const { isStarred, star } = useStar(object, id)
  return (
    <Button
      icon={isStarred ? <StarFilled /> : <StarOutlined />}
      aria-pressed={isStarred}
      aria-label={t(isStarred ? 'unstar' : 'star')}
      title={t(isStarred ? 'unstar' : 'star')}
      onClick={() => star(!isStarred)}
    />
  )
}
