import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { allWords, defineWords, wordOf } from './words.ts'

const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted()

beforeAll(async () => {
  const files = globSync('src/**/*words.ts', { cwd: process.cwd() })
  expect(files.length).toBeGreaterThan(5)
  await Promise.all(files.map((file) => import(/* @vite-ignore */ resolve(file))))
})

it('has every text in both languages, with the same parameters', () => {
  for (const [room, labels] of allWords()) {
    for (const [key, label] of Object.entries(labels)) {
      expect(label.zh.trim(), `${room}.${key} in Chinese`).not.toBe('')
      expect(label.en.trim(), `${room}.${key} in English`).not.toBe('')
      expect(parameters(label.zh), `${room}.${key}`).toEqual(parameters(label.en))
    }
  }
})

it('lets no Chinese into an English text', () => {
  for (const [room, labels] of allWords()) {
    for (const [key, label] of Object.entries(labels)) {
      // Names of languages and examples in quotation marks may be Chinese.
      expect(label.en.replace(/[“"(].*?[”")]/g, ''), `${room}.${key}`).not.toMatch(/[\u4e00-\u9fff]{4,}/)
    }
  }
})

it('fills in parameters', () => {
  const words = defineWords('test-room', { hello: { zh: '你好，{name}', en: 'Hello {name}' } })
  expect(wordOf(words, 'hello', { name: '王' })).toBe('你好，王')
})
