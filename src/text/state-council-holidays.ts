/**
 * The State Council's holiday notices that come with the bot, oldest first. An admin's own notice for a
 * year is put after these: `workCalendar([...STATE_COUNCIL_HOLIDAYS, ...own])`.
 */
import notice2014 from '../../data/holidays/CN-2014.json' with { type: 'json' }
import notice2015 from '../../data/holidays/CN-2015.json' with { type: 'json' }
import notice2016 from '../../data/holidays/CN-2016.json' with { type: 'json' }
import notice2017 from '../../data/holidays/CN-2017.json' with { type: 'json' }
import notice2018 from '../../data/holidays/CN-2018.json' with { type: 'json' }
import notice2019 from '../../data/holidays/CN-2019.json' with { type: 'json' }
import notice2020 from '../../data/holidays/CN-2020.json' with { type: 'json' }
import notice2021 from '../../data/holidays/CN-2021.json' with { type: 'json' }
import notice2022 from '../../data/holidays/CN-2022.json' with { type: 'json' }
import notice2023 from '../../data/holidays/CN-2023.json' with { type: 'json' }
import notice2024 from '../../data/holidays/CN-2024.json' with { type: 'json' }
import notice2025 from '../../data/holidays/CN-2025.json' with { type: 'json' }
import notice2026 from '../../data/holidays/CN-2026.json' with { type: 'json' }
import type { HolidayNotice } from './working-days.ts'

export const STATE_COUNCIL_HOLIDAYS: readonly HolidayNotice[] = [
  notice2014,
  notice2015,
  notice2016,
  notice2017,
  notice2018,
  notice2019,
  notice2020,
  notice2021,
  notice2022,
  notice2023,
  notice2024,
  notice2025,
  notice2026,
]
