import { percentText } from '#web/kit/number-text.ts'

/** A share with its sign: +12.3%. */
export const signedPercent = (value: number): string => `${value > 0 ? '+' : ''}${percentText(value)}`
