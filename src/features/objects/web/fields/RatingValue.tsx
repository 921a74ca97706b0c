import { useWords } from '#web/words/use-words.ts'
import type { ScreenField } from '../use-objects.ts'
import { objectWords } from '../words.ts'
import { starsOf } from './stars.ts'

/** ★★★★☆, read aloud as a number. */
export function RatingValue({ field, value }: { readonly field: ScreenField; readonly value: string }) {
  const t = useWords(objectWords)
  const most = starsOf(field)
  const stars = Math.min(Math.max(Math.round(Number(value)), 0), most)
  return (
    <span className="rating" role="img" aria-label={t('ratingOf', { stars: value, most: String(most) })}>
      {'★'.repeat(stars)}
      <span className="rating-rest">{'★'.repeat(most - stars)}</span>
    </span>
  )
}
