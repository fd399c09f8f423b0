/** Handing files to the user. */

/** Offers `content` as a download called `name`. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The download reads the address some time after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
