import { describe, expect, it } from "vitest";
import { cameraText, readCamera } from "./view-camera.ts";

describe("the camera in an address", () => {
  it.each([
    { k: 0.8, at: "n12", x: -40.5, y: 12 },
    { k: 0.0012345, at: "s3", x: 0, y: 0.01 },
    { k: 0.0000005, at: "n0", x: 1, y: -1 },
  ])("comes back: %o", (camera) => {
    expect(readCamera(cameraText(camera))).toEqual(camera);
  });

  it("is rounded to what can be seen", () => {
    expect(cameraText({ k: 1 / 3, at: "n1", x: 1 / 3, y: -1e-9 })).toBe("0.333333~n1~0.33~0");
  });

  it.each([
    null,
    "",
    "1~n1~0",
    "0~n1~0~0",
    "-1~n1~0~0",
    "1~x1~0~0",
    "1~n1~a~0",
    "1~n1~0~0~0",
    "1~n1~Infinity~0",
  ])("is null for %s", (text) => {
    expect(readCamera(text)).toBeNull();
  });
});
