/** The thread's side of read-aside.ts: whole readings, one after another. */
import { parentPort, workerData } from 'node:worker_threads'
import { BadInputError } from '../errors.ts'
import { ingestDocument } from '../ingestion/ingest-document.ts'
import { readJson, storedJson } from '../storage/sql/stored-values.ts'
import { createTokenizer } from '../text/tokenize.ts'
import { type HolidayNotice, workCalendar } from '../text/working-days.ts'
import { loadGazetteer } from './load-gazetteer.ts'
import type { ReadingOrder, ReadingReply } from './read-aside.ts'

const tools = {
  tokenizer: createTokenizer(),
  gazetteer: loadGazetteer(),
  calendar: workCalendar(readJson<readonly HolidayNotice[]>(workerData)),
}

/** What is no refusal ends the thread and is told by read-aside.ts. */
async function replyTo({ source, overrides }: ReadingOrder): Promise<ReadingReply> {
  try {
    const reading = await ingestDocument(source, { ...tools, ...(overrides && { overrides }) })
    return { kind: 'read', reading: storedJson(reading) }
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error
    return { kind: 'refused', code: error.code, message: error.message }
  }
}

parentPort?.on('message', async (order: ReadingOrder) => {
  parentPort?.postMessage(await replyTo(order))
})
