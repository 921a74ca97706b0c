import { Input } from 'antd'

interface SeekBoxProps {
  /** What is looked for. */
  readonly label: string
  readonly value: string
  readonly onSeek: (text: string) => void
}

/** Narrows a list that is at hand, letter by letter. */
export function SeekBox({ label, value, onSeek }: SeekBoxProps) {
  return (
    <Input
      className="seek-box"
      type="search"
      allowClear
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onSeek(event.target.value)}
    />
  )
}
