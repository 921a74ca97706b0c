import type { Announcements, UniqueIdentifier } from '@dnd-kit/core'
import { useWords } from '#web/words/use-words.ts'
import { formWords } from './form-words.ts'

/** What a screen reader hears while something is moved, in the reader's language. */
export function useDragWords(nameOf: (id: string) => string, placeOf: (id: string) => string) {
  const t = useWords(formWords)
  const name = (id: UniqueIdentifier) => nameOf(String(id))
  const place = (id: UniqueIdentifier) => placeOf(String(id))
  const announcements: Announcements = {
    onDragStart: ({ active }) => t('picked', { name: name(active.id) }),
    onDragOver: ({ active, over }) => (over ? t('over', { name: name(active.id), place: place(over.id) }) : undefined),
    onDragEnd: ({ active, over }) =>
      over ? t('dropped', { name: name(active.id), place: place(over.id) }) : t('cancelled', { name: name(active.id) }),
    onDragCancel: ({ active }) => t('cancelled', { name: name(active.id) }),
  }
  return { announcements, screenReaderInstructions: { draggable: t('dragHelp') } }
}
