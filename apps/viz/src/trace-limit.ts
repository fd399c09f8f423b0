/** The largest trace file that is opened, in bytes: what a page can hold twice with room to spare. */
export const largestTrace: number = 512 * 2 ** 20;
