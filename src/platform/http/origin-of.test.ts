import { describe, expect, it } from 'vitest'
import { agentKind } from './origin-of.ts'

describe('the kind of a browser', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36',
      'Chrome · Windows',
    ],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0', 'Edge · Windows'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Mobile MicroMessenger/8.0',
      'WeChat · iOS',
    ],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605 Version/17.5 Safari/605', 'Safari · macOS'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'Firefox · Linux'],
    ['curl/8.5.0', 'curl/8.5.0'],
  ])('%s', (userAgent, kind) => expect(agentKind(userAgent)).toBe(kind))

  it('is not known where nothing is said', () => expect(agentKind(undefined)).toBeNull())
})
