/** Below this share of hosts something is called rare; with few hosts the counts alone are shown. */
const RARE_SHARE = 0.1;
const SMALL_FLEET = 5;

/** Whether what so many of the hosts have is rare among them. */
export const isRare = (hosts: number, ofHosts: number): boolean =>
  ofHosts >= SMALL_FLEET && hosts > 0 && hosts / ofHosts < RARE_SHARE;
