import { Segmented } from 'antd'
import { useWords } from '#web/words/use-words.ts'
import { objectWords } from './words.ts'

interface BoardSwitchProps {
  readonly shown: 'board' | 'list'
  readonly onBoard: () => void
  readonly onList: () => void
}

/** Board or list of the same records. */
export function BoardSwitch({ shown, onBoard, onList }: BoardSwitchProps) {
  const t = useWords(objectWords)
  return (
    <Segmented<'board' | 'list'>
      value={shown}
      options={[
        { value: 'board', label: t('board') },
        { value: 'list', label: t('list') },
      ]}
      onChange={(value) => (value === 'board' ? onBoard() : onList())}
    />
  )
}
