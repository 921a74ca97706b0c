export type Tone = 'light' | 'dark'

/** Our own colours, one table for both themes; every pair of text and ground holds WCAG AA. */
export interface Colors {
  readonly primary: string
  readonly primarySoft: string
  readonly onPrimary: string
  readonly gold: string
  readonly ground: string
  readonly surface: string
  readonly raised: string
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly line: string
  readonly lineSoft: string
  readonly hover: string
  readonly ahead: string
  readonly on: string
  readonly behind: string
  readonly far: string
  readonly none: string
  readonly sky: string
  readonly hill: string
  readonly soil: string
  readonly soilEdge: string
  readonly basin: string
  readonly crop: string
  readonly cropTop: string
  readonly cropDry: string
  readonly cropDryTop: string
  readonly cropParched: string
  readonly cropParchedTop: string
  readonly harvest: string
  readonly water: string
  readonly waterSoft: string
}

export const colorsOf: Readonly<Record<Tone, Colors>> = {
  light: {
    primary: '#2f7d4f',
    primarySoft: '#eef6f1',
    onPrimary: '#ffffff',
    gold: '#b7791f',
    ground: '#f4f6f3',
    surface: '#ffffff',
    raised: '#ffffff',
    ink: '#1d2621',
    ink2: '#4a564f',
    ink3: '#66726b',
    line: '#dbe1dc',
    lineSoft: '#e9ede9',
    hover: '#f1f5f1',
    ahead: '#1f7a45',
    on: '#2d6a8e',
    behind: '#955f00',
    far: '#b3362b',
    none: '#66726b',
    sky: '#eef4ef',
    hill: '#dfeade',
    soil: '#efe7d8',
    soilEdge: '#c9b793',
    basin: '#e3e6dc',
    crop: '#3f9a63',
    cropTop: '#7cc492',
    cropDry: '#c99a35',
    cropDryTop: '#e6c878',
    cropParched: '#c2724f',
    cropParchedTop: '#e0a68a',
    harvest: '#e2a52b',
    water: '#2f80b7',
    waterSoft: '#9fd0ec',
  },
  dark: {
    primary: '#63c18c',
    primarySoft: '#1b3326',
    onPrimary: '#07150d',
    gold: '#e3b04f',
    ground: '#111613',
    surface: '#181f1b',
    raised: '#1f2723',
    ink: '#e9efeb',
    ink2: '#b6c1ba',
    ink3: '#94a19a',
    line: '#313c36',
    lineSoft: '#262f2a',
    hover: '#212a25',
    ahead: '#6fcf98',
    on: '#7fbde0',
    behind: '#e5b04a',
    far: '#f4897c',
    none: '#94a19a',
    sky: '#161d19',
    hill: '#1b2520',
    soil: '#2c2a22',
    soilEdge: '#57503c',
    basin: '#222a25',
    crop: '#3d8f60',
    cropTop: '#5fb985',
    cropDry: '#a67c26',
    cropDryTop: '#cfa548',
    cropParched: '#a2553a',
    cropParchedTop: '#c97e60',
    harvest: '#e3b04f',
    water: '#6fb9e6',
    waterSoft: '#2b5f80',
  },
}

/** Categories: told apart under all common kinds of colour blindness (after Okabe and Ito). */
export const categorical: Readonly<Record<Tone, readonly string[]>> = {
  light: ['#2f7d4f', '#d8912a', '#3573b1', '#c4553b', '#5fb0d3', '#8a66ad', '#7a8580', '#a8a032'],
  dark: ['#63c18c', '#e9b04f', '#74aee6', '#ea866c', '#8fd0ec', '#b797d8', '#a3aea8', '#cfc75c'],
}

/** From little to much: one hue that darkens (or lightens on a dark ground), told apart without colour. */
export const sequential: Readonly<Record<Tone, readonly string[]>> = {
  light: ['#e6f1ea', '#b5d8c2', '#7cbc95', '#3f9a63', '#226040'],
  dark: ['#1f3a2b', '#2c5c41', '#3d8f60', '#63c18c', '#b4e4c8'],
}

/** Makes the colours known to style sheets as `--ink`, `--soil-edge` and so on. */
export function showColors(tone: Tone, root: HTMLElement = document.documentElement): void {
  root.dataset['theme'] = tone
  root.style.colorScheme = tone
  for (const [name, color] of Object.entries(colorsOf[tone])) {
    root.style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, color)
  }
}
