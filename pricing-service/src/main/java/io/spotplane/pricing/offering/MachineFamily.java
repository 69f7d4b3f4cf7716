package io.spotplane.pricing.offering;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a machine type tells of its family. Read from the name alone, by these rules, the first that fits:
 *
 * <table>
 * <caption>Names</caption>
 * <tr><td>{@code gp.vs2.xlarge-iad}</td><td>class before the first dot; {@code vsN} virtual, {@code bmN} bare metal; N the generation of virtual
 *     ones (the number of bare metal counts something else)</td></tr>
 * <tr><td>{@code Standard_D4ads_v5}, {@code Basic_A2}</td><td>class is the letters before the first digit; {@code _vN} the generation, 1 without</td></tr>
 * <tr><td>{@code p5.48xlarge}, {@code n2-standard-4}</td><td>class before the first dot, or else the first dash; the number after its first
 *     letters the generation; a {@code metal} part is bare metal</td></tr>
 * <tr><td>anything else</td><td>class before the first dot, dash, underscore or blank; no generation</td></tr>
 * </table>
 *
 * @param machineClass lower case; what {@code class=gp,ch,mh} asks for
 * @param generation null when the name does not tell
 * @param bareMetal whether the name says that it is no virtual machine
 */
record MachineFamily(String machineClass, @Nullable Integer generation, boolean bareMetal) {

    /** No generation, but bare metal. */
    static final int BARE_METAL_ONLY = -1;

    /** No generation. */
    static final int UNTOLD = -2;

    private static final Pattern VIRTUAL = Pattern.compile("([a-z]+)\\.vs(\\d{1,3})\\b.*");
    private static final Pattern BARE_METAL = Pattern.compile("([a-z]+)\\.bm\\d{1,3}\\b.*");
    private static final Pattern STANDARD = Pattern.compile("(?:standard|basic)_([a-z]+)\\d.*?(?:_v(\\d{1,3}))?");
    private static final Pattern LETTERS_NUMBER = Pattern.compile("([a-z]+(\\d{1,3})[a-z0-9]*)[.-].+");
    private static final Pattern METAL = Pattern.compile(".*[.-]metal\\b.*");
    private static final Pattern SEPARATOR = Pattern.compile("[-_ ]");

    /** The family of the machine type that its provider calls {@code instanceType}. */
    static MachineFamily of(String instanceType) {
        var name = instanceType.toLowerCase(Locale.ROOT);
        var virtual = VIRTUAL.matcher(name);
        if (virtual.matches()) {
            return new MachineFamily(virtual.group(1), number(virtual.group(2)), false);
        }
        var bareMetal = BARE_METAL.matcher(name);
        if (bareMetal.matches()) {
            return new MachineFamily(bareMetal.group(1), null, true);
        }
        var standard = STANDARD.matcher(name);
        if (standard.matches()) {
            var version = standard.group(2);
            return new MachineFamily(standard.group(1), version == null ? 1 : number(version), false);
        }
        var lettersAndNumber = LETTERS_NUMBER.matcher(name);
        boolean metal = METAL.matcher(name).matches();
        return lettersAndNumber.matches()
                ? new MachineFamily(lettersAndNumber.group(1), number(lettersAndNumber.group(2)), metal)
                : new MachineFamily(beforeSeparator(name), null, metal);
    }

    /** The generation, or one of two marks for names that tell none: {@link #BARE_METAL_ONLY}, {@link #UNTOLD}. */
    int generationOrMark() {
        return generation != null ? generation : bareMetal ? BARE_METAL_ONLY : UNTOLD;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static String beforeSeparator(String name) {
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : SEPARATOR.split(name, 2)[0];
    }
}
