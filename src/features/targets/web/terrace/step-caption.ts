import { fitText, textWidth } from './fit-text.ts'

export interface StepCaption {
  readonly name: string
  readonly percent: string
  readonly fontSize: number
}

interface Asked {
  readonly name: string
  readonly percent: string
  /** For the whole caption, the mark of the state included. */
  readonly room: number
  readonly fontSize: number
  /** Behind its pace: whoever looks at the picture wants to know who it is. */
  readonly isInTrouble: boolean
}

const markRoom = 15
const smallest = 10.5

/**
 * As much of name and attainment as there is room for beside the mark, which is the last to go. Both, or the whole name
 * alone, or both with the name cut short; where there is room for one of them only it is the name, smaller and cut to two
 * letters if it must be: a rate of nobody says nothing.
 */
export function stepCaption({ name, percent, room, fontSize, isInTrouble }: Asked): StepCaption {
  const free = room - markRoom
  const beside = free - textWidth(percent, fontSize) - 6
  const nameWidth = textWidth(name, fontSize)
  if (nameWidth <= beside) return { name, percent, fontSize }
  if (nameWidth <= free && (isInTrouble || free < nameWidth * 1.8)) return { name, percent: '', fontSize }
  const short = beside > 0 ? fitText(name, beside, fontSize) : ''
  if (short) return { name: short, percent, fontSize }
  return { ...named(name, free, fontSize), percent: '' }
}

function named(name: string, free: number, fontSize: number): Pick<StepCaption, 'name' | 'fontSize'> {
  const cut = fitText(name, free, fontSize)
  if (cut) return { name: cut, fontSize }
  const whole = fitText(name, free, smallest)
  if (whole) return { name: whole, fontSize: smallest }
  const two = [...name].slice(0, 2).join('')
  return { name: textWidth(two, smallest) <= free ? two : '', fontSize: smallest }
}
