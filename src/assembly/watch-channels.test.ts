import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/support/fake-clock.ts'
import { watchChannels } from './watch-channels.ts'

function watched() {
  const clock = createFakeClock('2026-11-21T01:00:00Z')
  const shown: string[] = []
  const alarms: string[] = []
  const state = { isDown: false, qr: undefined as string | undefined }
  const watch = watchChannels(
    [
      {
        name: 'wechat',
        check: () => ({ name: '微信', status: state.isDown ? 'down' : 'ok', detail: '请重新扫码' }),
        qrText: () => state.qr,
      },
    ],
    {
      clock,
      show: async (label, text) => void shown.push(`${label} ${text}`),
      alarm: async (_, since, check) => void alarms.push(`${since} ${check.detail}`),
      onError: (error) => alarms.push(String(error)),
    },
  )
  return { clock, shown, alarms, state, watch }
}

describe('watchChannels', () => {
  it('raises the alarm once an outage, two minutes after it began', async () => {
    const { clock, alarms, state, watch } = watched()
    await clock.advance({ seconds: 10 })
    state.isDown = true
    await clock.advance({ minutes: 1, seconds: 58 })
    expect(alarms).toEqual([])
    await clock.advance({ minutes: 30 })
    expect(alarms).toEqual(['2026-11-21T01:00:12Z 请重新扫码'])

    state.isDown = false
    await clock.advance({ seconds: 10 })
    state.isDown = true
    await clock.advance({ minutes: 3 })
    expect(alarms).toHaveLength(2)
    await watch.stop()
  })

  it('is silent about what comes back within two minutes', async () => {
    const { clock, alarms, state, watch } = watched()
    for (let i = 0; i < 5; i++) {
      state.isDown = !state.isDown
      await clock.advance({ seconds: 100 })
    }
    expect(alarms).toEqual([])
    await watch.stop()
  })

  it('shows each code to scan once', async () => {
    const { clock, shown, state, watch } = watched()
    state.qr = 'https://x.example/1'
    await clock.advance({ seconds: 20 })
    state.qr = 'https://x.example/2'
    await clock.advance({ seconds: 20 })

    expect(shown).toEqual(['微信 https://x.example/1', '微信 https://x.example/2'])
    await watch.stop()
  })
})
