package io.legion.runtime.host;

import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;

/// Tells whether a thread has enough of its stack left to work for a node. An overflow within the engine
/// could leave something half done; one in here, before the work begins, costs nothing but the way through
/// this thread.
///
/// It goes down some 40 KiB of the stack or more, in frames of 2 KiB: each belongs to a method that can
/// call another one of 250 arguments, for which its compiled frame has the room, whether it calls or not.
/// So a look costs 20 to 40 calls, some 0.1 µs. In a young process nothing is compiled, frames are small,
/// and it goes down in many small ones too.
///
/// The class with that method is made here, because in Java it would be hundreds of lines of arguments.
final class StackRoom {
    private static final int FRAMES = 40;
    private static final int ARGUMENTS = 250;

    /// As deep as [#FRAMES] compiled frames, when each takes some hundred bytes.
    private static final int YOUNG_FRAMES = 500;

    /// After so many looks the frames are compiled.
    private static final int YOUNG_LOOKS = 10_000;

    /// One look in so many does call: what never happens would be compiled to nothing.
    private static final int LOOKS_PER_CALL = 64;

    private static final MethodHandle DOWN = down();

    /// Threads race for it, and any outcome is right.
    private int looks;

    /// True if there is room for the engine, and for what it calls of the user's.
    boolean isEnough() {
        int look = ++looks & Integer.MAX_VALUE;
        try {
            int depth = (int) DOWN.invokeExact(FRAMES, look % LOOKS_PER_CALL);
            return depth >= 0 && (look > YOUNG_LOOKS || small(YOUNG_FRAMES) >= 0);
        } catch (StackOverflowError none) {
            return false;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static int small(int frames) {
        return frames == 0 ? 0 : small(frames - 1) + 1;
    }

    /// `down(frames, look)` calls itself with one frame less, down to 0; there it calls `wide`, if `look` is 0.
    private static MethodHandle down() {
        var self = ClassDesc.of(StackRoom.class.getPackageName(), "StackFrames");
        var downType = MethodTypeDesc.of(CD_int, CD_int, CD_int);
        var wideType = MethodTypeDesc.of(CD_int, Collections.nCopies(ARGUMENTS, CD_int));
        byte[] bytes = ClassFile.of()
                .build(
                        self,
                        type -> type.withMethodBody(
                                        "down",
                                        downType,
                                        ClassFile.ACC_STATIC,
                                        code -> down(code, self, downType, wideType))
                                .withMethodBody("wide", wideType, ClassFile.ACC_STATIC, StackRoom::sum));
        try {
            var lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return lookup.findStatic(
                    lookup.lookupClass(), "down", MethodType.methodType(int.class, int.class, int.class));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void down(CodeBuilder code, ClassDesc self, MethodTypeDesc downType, MethodTypeDesc wideType) {
        var bottom = code.newLabel();
        var call = code.newLabel();
        code.iload(0).ifeq(bottom);
        code.iload(0).iconst_1().isub().iload(1).invokestatic(self, "down", downType);
        code.iconst_1().iadd().ireturn();
        code.labelBinding(bottom).iload(1).ifeq(call).iconst_0().ireturn();
        code.labelBinding(call);
        for (int i = 0; i < ARGUMENTS; i++) {
            code.iconst_0();
        }
        code.invokestatic(self, "wide", wideType).ireturn();
    }

    /// Uses all its arguments, which makes it too long to be taken into its caller.
    private static void sum(CodeBuilder code) {
        code.iconst_0();
        for (int i = 0; i < ARGUMENTS; i++) {
            code.iload(i).iadd();
        }
        code.ireturn();
    }
}
