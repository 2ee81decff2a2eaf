import { create } from 'zustand';

export type Connection = 'connecting' | 'live' | 'lost';

/** Whether changes on the server reach this page. */
export const useConnection = create<{ readonly state: Connection }>(() => ({ state: 'connecting' }));

export const setConnection = (state: Connection): void => useConnection.setState({ state });
